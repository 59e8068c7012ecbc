import type { MediaTools } from '../media-tools/ffmpeg.js';

/** A WAV file's samples, mixed to one channel, -1 to 1. For specs only. */
export function monoOf(wav: Uint8Array): Float32Array {
  const view = new DataView(wav.buffer, wav.byteOffset + 44, wav.byteLength - 44);
  return Float32Array.from(
    { length: view.byteLength / 4 },
    (_, i) => (view.getInt16(i * 4, true) + view.getInt16(i * 4 + 2, true)) / 65_536,
  );
}

const NUMBER = '(-?[\\d.]+|-?inf)';

/** Loudness and true peak of a WAV file as ffmpeg measures them, and how far its mean is from zero. For specs only. */
export async function measured(tools: MediaTools, wav: Uint8Array) {
  const report = await tools.run('ffmpeg', {
    args: [
      '-v',
      'error',
      '-i',
      'pipe:0',
      '-af',
      'ebur128=metadata=1:peak=true,ametadata=print:file=-',
      '-f',
      'null',
      '-',
    ],
    input: wav,
    signal: new AbortController().signal,
    timeoutMs: 20_000,
  });
  const text = report.toString('utf8');
  const last = (key: string) => Number([...text.matchAll(new RegExp(`${key}=${NUMBER}`, 'g'))].at(-1)?.[1]);
  const peak = Math.max(last('r128.true_peaks_ch0'), last('r128.true_peaks_ch1'));
  const sound = monoOf(wav);
  const offset = Math.abs(sound.reduce((sum, value) => sum + value, 0) / sound.length);
  return { lufs: last('r128.I'), truePeakDb: 20 * Math.log10(peak), offset };
}

/** The longest stretch below -50 dB, in seconds, by windows of 50 ms. */
export function longestSilence(signal: Float32Array, sampleRate: number): number {
  const size = Math.round(sampleRate * 0.05);
  let [longest, current] = [0, 0];
  for (let from = 0; from + size <= signal.length; from += size) {
    const power = signal.subarray(from, from + size).reduce((sum, value) => sum + value * value, 0) / size;
    current = power < 10 ** -5 ? current + 0.05 : 0;
    longest = Math.max(longest, current);
  }
  return longest;
}

/** How strongly onsets repeat at each tempo: the autocorrelation of the onset envelope, normalized. */
export function pulseAt(signal: Float32Array, sampleRate: number): (bpm: number) => number {
  const hop = 256;
  const energies = Array.from({ length: Math.floor(signal.length / hop) }, (_, i) => {
    let sum = 0;
    for (let at = i * hop + 1; at < (i + 1) * hop; at++)
      sum += ((signal[at] ?? 0) - (signal[at - 1] ?? 0)) ** 2;
    return Math.log10(1e-7 + sum / hop);
  });
  const onsets = energies.map((energy, i) => {
    const rise = energy - (energies[i - 1] ?? energy);
    return rise > 0 ? rise : 0;
  });
  const mean = onsets.reduce((sum, value) => sum + value, 0) / onsets.length;
  const centred = onsets.map((value) => value - mean);
  const power = centred.reduce((sum, value) => sum + value * value, 0);
  return (bpm) => {
    const lag = (60 / bpm / hop) * sampleRate;
    const [whole, share] = [Math.floor(lag), lag % 1];
    return (
      centred.reduce(
        (sum, value, i) =>
          sum + value * ((centred[i + whole] ?? 0) * (1 - share) + (centred[i + whole + 1] ?? 0) * share),
        0,
      ) / power
    );
  };
}
