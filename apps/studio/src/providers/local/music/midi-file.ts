import type { Genre } from './genres.js';
import type { PatchName } from './patches.js';
import { type Note, type Part, PARTS, type Score } from './score.js';

const TICKS_PER_BEAT = 480;
const DRUM_CHANNEL = 9;

/** General MIDI programs, from 0. */
const PROGRAMS: Readonly<Record<PatchName, number>> = {
  piano: 0,
  epiano: 4,
  bell: 14,
  vibes: 11,
  marimba: 12,
  organ: 16,
  guitar: 25,
  fuzz: 30,
  upright: 32,
  bass: 33,
  acid: 38,
  sub: 39,
  violin: 40,
  cello: 42,
  spiccato: 45,
  harp: 46,
  strings: 48,
  brass: 61,
  sax: 66,
  flute: 73,
  synthLead: 81,
  warmPad: 89,
  pluck: 24,
  sitar: 104,
};

/** A MIDI number: seven bits a byte, the highest bit says that another follows. */
export function varLength(value: number): number[] {
  const bytes = [value & 0x7f];
  for (let rest = value >> 7; rest > 0; rest >>= 7) bytes.unshift((rest & 0x7f) | 0x80);
  return bytes;
}

function chunk(name: string, body: readonly number[]): Buffer {
  const head = Buffer.alloc(8);
  head.write(name, 0, 'latin1');
  head.writeUInt32BE(body.length, 4);
  return Buffer.concat([head, Buffer.from(body)]);
}

const END = [0, 0xff, 0x2f, 0];

function track(notes: readonly Note[], channel: number, program: number | undefined): Buffer {
  const events = notes.flatMap(({ startBeats, lengthBeats, midi, velocity }) => {
    const on = Math.round(startBeats * TICKS_PER_BEAT);
    const off = on + Math.max(1, Math.round(lengthBeats * TICKS_PER_BEAT));
    return [
      {
        at: on,
        order: 1,
        bytes: [0x90 | channel, midi, Math.max(1, Math.min(127, Math.round(velocity * 120)))],
      },
      { at: off, order: 0, bytes: [0x80 | channel, midi, 0] },
    ];
  });
  events.sort((a, b) => a.at - b.at || a.order - b.order);
  const body: number[] = program === undefined ? [] : [0, 0xc0 | channel, program];
  let now = 0;
  for (const { at, bytes } of events) {
    body.push(...varLength(at - now), ...bytes);
    now = at;
  }
  return chunk('MTrk', [...body, ...END]);
}

/** A Standard MIDI File (format 1) of the score: tempo track, then one track a part, with General MIDI programs. */
export function midiFile(score: Score, genre: Genre): Buffer {
  const micros = Math.round(60_000_000 / score.tempoBpm);
  const title = [...Buffer.from(score.title, 'latin1')];
  const tempo = chunk('MTrk', [
    ...[0, 0xff, 0x03, title.length, ...title],
    ...[0, 0xff, 0x51, 3, (micros >> 16) & 255, (micros >> 8) & 255, micros & 255],
    ...[0, 0xff, 0x58, 4, score.beatsPerBar, 2, 24, 8],
    ...END,
  ]);
  const channelOf = (part: Part, index: number): number => (part === 'drums' ? DRUM_CHANNEL : index);
  const tracks = PARTS.map((part, index) => {
    const notes = score.notes.filter((note) => note.part === part);
    return track(notes, channelOf(part, index), part === 'drums' ? undefined : PROGRAMS[genre.patches[part]]);
  });
  const head = chunk('MThd', [0, 1, 0, tracks.length + 1, TICKS_PER_BEAT >> 8, TICKS_PER_BEAT & 255]);
  return Buffer.concat([head, tempo, ...tracks]);
}
