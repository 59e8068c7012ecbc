import type { Stereo } from './room.js';
import { SAMPLE_RATE } from './voices.js';

const HEADER = 44;
const FULL_SCALE = 32_767;

/** 16-bit stereo PCM in a WAV file. */
export function wavFile({ left, right }: Stereo): Buffer {
  const data = left.length * 4;
  const file = Buffer.alloc(HEADER + data);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(HEADER - 8 + data, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(2, 22);
  file.writeUInt32LE(SAMPLE_RATE, 24);
  file.writeUInt32LE(SAMPLE_RATE * 4, 28);
  file.writeUInt16LE(4, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(data, 40);
  const samples = new Int16Array(left.length * 2);
  for (let i = 0; i < left.length; i++) {
    samples[i * 2] = Math.round(Math.max(-1, Math.min(1, left[i] ?? 0)) * FULL_SCALE);
    samples[i * 2 + 1] = Math.round(Math.max(-1, Math.min(1, right[i] ?? 0)) * FULL_SCALE);
  }
  Buffer.from(samples.buffer).copy(file, HEADER);
  return file;
}
