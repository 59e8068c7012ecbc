import { createRandom, hash32, type Random } from '../images/random.js';
import { playDrum } from './drum-voices.js';
import type { Genre } from './genres.js';
import { PATCHES } from './patches.js';
import { room, silence, type Stereo } from './room.js';
import { DRUM, type Note, type Part, PARTS, type Score } from './score.js';
import { hertz, playNote, SAMPLE_RATE } from './voices.js';

/** Where each part sits: loudness, place from left (-1) to right (1), and how much of it the room hears. */
const SEATS: Readonly<Record<Part, { readonly gain: number; readonly pan: number; readonly room: number }>> =
  {
    lead: { gain: 0.34, pan: 0.12, room: 1 },
    keys: { gain: 0.17, pan: -0.3, room: 0.7 },
    pad: { gain: 0.13, pan: 0, room: 1.1 },
    arp: { gain: 0.15, pan: 0.42, room: 0.9 },
    bass: { gain: 0.34, pan: 0, room: 0.1 },
    drums: { gain: 0.42, pan: 0, room: 0.25 },
  };
const DRUM_PANS: Readonly<Record<number, number>> = {
  [DRUM.closedHat]: 0.35,
  [DRUM.openHat]: 0.35,
  [DRUM.tom]: -0.3,
  [DRUM.crash]: -0.4,
  [DRUM.shaker]: -0.5,
};
const DUCK_SECONDS = 0.22;

function place(into: Stereo, mono: Float32Array, at: number, gain: number, pan: number): void {
  const [l, r] = [Math.cos(((pan + 1) * Math.PI) / 4) * gain, Math.sin(((pan + 1) * Math.PI) / 4) * gain];
  const end = Math.min(mono.length, into.left.length - at);
  for (let i = 0; i < end; i++) {
    const value = mono[i] ?? 0;
    into.left[at + i] = (into.left[at + i] ?? 0) + value * l;
    into.right[at + i] = (into.right[at + i] ?? 0) + value * r;
  }
}

interface Band {
  readonly genre: Genre;
  readonly secondsPerBeat: number;
  readonly random: Random;
  readonly strokes: Map<number, Float32Array>;
}

function sound({ genre, secondsPerBeat, random, strokes }: Band, note: Note): Float32Array {
  if (note.part === 'drums') {
    const stroke = strokes.get(note.midi) ?? playDrum(note.midi, random.fork(`drum-${note.midi}`));
    strokes.set(note.midi, stroke);
    return stroke;
  }
  const held = Math.max(0.06, note.lengthBeats * secondsPerBeat);
  return playNote(PATCHES[genre.patches[note.part]], {
    frequency: hertz(note.midi),
    held,
    velocity: note.velocity,
    random: random.fork(`${note.part}|${note.midi}|${note.startBeats.toFixed(3)}`),
  });
}

function playPart(band: Band, notes: readonly Note[], part: Part, samples: number): Stereo {
  const out = silence(samples);
  const seat = SEATS[part];
  const gain = seat.gain * (part === 'drums' ? 1 : PATCHES[band.genre.patches[part]].gain);
  // The tones of a chord sit beside each other: a wide piano, a wide section of strings.
  const wide = part === 'pad' || part === 'keys' ? 0.45 : 0;
  for (const [index, note] of notes.entries()) {
    const at = Math.round(note.startBeats * band.secondsPerBeat * SAMPLE_RATE);
    const pan =
      part === 'drums' ? (DRUM_PANS[note.midi] ?? 0) : seat.pan + ((index % 4) / 3 - 0.5) * 2 * wide;
    place(
      out,
      sound(band, note),
      at,
      part === 'drums' ? gain * note.velocity : gain,
      Math.max(-1, Math.min(1, pan)),
    );
  }
  return out;
}

/** Lets the others make room for each kick. */
function duck(signal: Stereo, kicks: readonly number[], depth: number): void {
  const length = Math.floor(DUCK_SECONDS * SAMPLE_RATE);
  for (const at of kicks) {
    for (let i = 0; i < length && at + i < signal.left.length; i++) {
      const gain = 1 - depth * (1 - i / length) ** 2 * Math.min(1, i / 60);
      signal.left[at + i] = (signal.left[at + i] ?? 0) * gain;
      signal.right[at + i] = (signal.right[at + i] ?? 0) * gain;
    }
  }
}

function add(into: Stereo, from: Stereo, gain: number): void {
  for (let i = 0; i < into.left.length; i++) {
    into.left[i] = (into.left[i] ?? 0) + (from.left[i] ?? 0) * gain;
    into.right[i] = (into.right[i] ?? 0) + (from.right[i] ?? 0) * gain;
  }
}

/** Plays a score with the genre's instruments in its room. CPU-bound: about a twentieth of the piece's time. */
export function playScore(score: Score, genre: Genre): Stereo {
  const samples = Math.round(score.durationSeconds * SAMPLE_RATE);
  const secondsPerBeat = 60 / score.tempoBpm;
  const random = createRandom(hash32(`${score.title}|${score.key}|${score.tempoBpm}`));
  const band: Band = { genre, secondsPerBeat, random, strokes: new Map() };
  const [dry, send] = [silence(samples), silence(samples)];
  const kicks = score.notes
    .filter(({ part, midi }) => part === 'drums' && midi === DRUM.kick)
    .map(({ startBeats }) => Math.round(startBeats * secondsPerBeat * SAMPLE_RATE));
  for (const part of PARTS) {
    const notes = score.notes.filter((note) => note.part === part);
    if (notes.length === 0) continue;
    const played = playPart(band, notes, part, samples);
    if (genre.sidechain > 0 && part !== 'drums' && part !== 'lead') duck(played, kicks, genre.sidechain);
    add(dry, played, 1);
    add(send, played, SEATS[part].room);
  }
  add(dry, room(send, genre.reverb), genre.reverb);
  return dry;
}
