/** When the vendors' list prices below were noted. */
export const AUDIO_COSTS_NOTED_ON = '2026-11-27';

/** The most that one character of speech may cost us, in micro-USD: twice the list price. */
const PER_CHARACTER_MICRO_USD: Readonly<Record<string, number>> = {
  local: 0,
  elevenlabs: 600,
  openai: 60,
  'aws-polly': 64,
};

/** The most that a started minute of transcription may cost us, in micro-USD: twice the list price. */
const PER_MINUTE_MICRO_USD: Readonly<Record<string, number>> = {
  local: 0,
  elevenlabs: 14_000,
  openai: 12_000,
  'aws-transcribe': 48_000,
};

const DEAREST_PER_CHARACTER_MICRO_USD = 1_000;
const DEAREST_PER_MINUTE_MICRO_USD = 100_000;
/** Small but not zero, so that ceilings can be tried anywhere. */
const LEAST_MICRO_USD = 100;

export function speechCostBoundMicroUsd(provider: string, characters: number): number {
  const rate = PER_CHARACTER_MICRO_USD[provider] ?? DEAREST_PER_CHARACTER_MICRO_USD;
  return Math.max(LEAST_MICRO_USD, rate * characters);
}

export function transcriptCostBoundMicroUsd(provider: string, durationMs: number): number {
  const rate = PER_MINUTE_MICRO_USD[provider] ?? DEAREST_PER_MINUTE_MICRO_USD;
  return Math.max(LEAST_MICRO_USD, rate * Math.max(1, Math.ceil(durationMs / 60_000)));
}
