const FULL_SCALE = 32_768;
/** About -20 dBFS where somebody speaks: as loud as broadcast speech, with room for its peaks. */
const SPEECH_RMS = 0.1;
const HIGHEST_PEAK = 0.89;
const FRAME = 400;
/** Frames below this share of full scale are pauses and say nothing of the voice. */
const PAUSE_RMS = 0.005;

/** Root mean square of a stretch, as a share of full scale. */
export function rmsOf(samples: Int16Array): number {
  if (samples.length === 0) return 0;
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.sqrt(sum / samples.length) / FULL_SCALE;
}

/** The highest sample, as a share of full scale. */
export function peakOf(samples: Int16Array): number {
  let peak = 0;
  for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
  return peak / FULL_SCALE;
}

/** The same sound at the loudness of speech, never clipped; silence stays silence. */
export function levelled(samples: Int16Array): Int16Array {
  const spoken = spokenRms(samples);
  if (spoken === 0) return samples;
  const gain = Math.min(SPEECH_RMS / spoken, HIGHEST_PEAK / peakOf(samples));
  return samples.map((sample) => Math.round(sample * gain));
}

function spokenRms(samples: Int16Array): number {
  let sum = 0;
  let frames = 0;
  for (let at = 0; at < samples.length; at += FRAME) {
    const rms = rmsOf(samples.subarray(at, at + FRAME));
    if (rms < PAUSE_RMS) continue;
    sum += rms * rms;
    frames += 1;
  }
  return frames === 0 ? 0 : Math.sqrt(sum / frames);
}
