import { varLength } from '../providers/local/music/midi-file.js';

/** `MThd`, its length, and six bytes: format, tracks, division. */
const HEAD_BYTES = 14;
const TRACK_HEAD_BYTES = 8;
const TEXT_EVENT = [0, 0xff, 0x01];

/**
 * A text event at the beginning of the first track, which holds tempo and title (Standard MIDI Files 1.0: FF 01).
 * @throws Error for what is no MIDI file
 */
export function midiWithText(midi: Buffer, text: string): Buffer {
  const body = HEAD_BYTES + TRACK_HEAD_BYTES;
  if (midi.toString('latin1', HEAD_BYTES, HEAD_BYTES + 4) !== 'MTrk')
    throw new Error('the MIDI file does not begin with a track');
  const words = Buffer.from(text, 'ascii');
  const event = Buffer.concat([Buffer.from([...TEXT_EVENT, ...varLength(words.length)]), words]);
  const head = Buffer.from(midi.subarray(0, body));
  head.writeUInt32BE(midi.readUInt32BE(HEAD_BYTES + 4) + event.length, HEAD_BYTES + 4);
  return Buffer.concat([head, event, midi.subarray(body)]);
}
