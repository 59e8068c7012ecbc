import type { Pcm } from './speech.js';

const HEADER_BYTES = 44;
const PCM = 1;

/** A RIFF file of 16-bit mono sound. */
export function wavOf({ samples, sampleRate }: Pcm): Buffer {
  const data = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
  const header = Buffer.alloc(HEADER_BYTES);
  header.write('RIFF', 0);
  header.writeUInt32LE(HEADER_BYTES - 8 + data.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(PCM, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(data.length, 40);
  return Buffer.concat([header, data]);
}

/**
 * The sound of a 16-bit mono RIFF file. Engines that write to a pipe do not know the length beforehand: a data chunk
 * that claims more than there is ends where the file does.
 * @throws Error when it is nothing of the kind
 */
export function pcmOf(wav: Uint8Array): Pcm {
  const file = Buffer.from(wav.buffer, wav.byteOffset, wav.byteLength);
  if (file.length < 12 || file.toString('latin1', 0, 4) !== 'RIFF') throw new Error('this is no RIFF file');
  let sampleRate: number | undefined;
  for (let at = 12; at + 8 <= file.length;) {
    const id = file.toString('latin1', at, at + 4);
    const size = Math.min(file.readUInt32LE(at + 4), file.length - at - 8);
    const body = file.subarray(at + 8, at + 8 + size);
    if (id === 'fmt ') sampleRate = rateOf(body);
    if (id === 'data' && sampleRate !== undefined) return { samples: samplesOf(body), sampleRate };
    at += 8 + size + (size % 2);
  }
  throw new Error('this RIFF file has no sound');
}

function rateOf(format: Buffer): number {
  const plain = format.length >= 16 && format.readUInt16LE(0) === PCM;
  if (!plain || format.readUInt16LE(2) !== 1 || format.readUInt16LE(14) !== 16)
    throw new Error('this is no 16-bit mono sound');
  return format.readUInt32LE(4);
}

function samplesOf(body: Buffer): Int16Array {
  const samples = new Int16Array(Math.floor(body.length / 2));
  for (let index = 0; index < samples.length; index += 1) samples[index] = body.readInt16LE(index * 2);
  return samples;
}
