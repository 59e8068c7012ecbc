import type { ServiceName } from '@eventzr/config';

/** One line of `GET /<service>/v1/prices`. */
export interface PriceRow {
  readonly operation: string;
  /** What the numbers are for, e.g. `image`, `started minute`. */
  readonly unit: string;
  readonly minCredits: number;
  readonly maxCredits: number;
  /** How the price within the range is found, for people. */
  readonly formula: string;
}

type Bounds = readonly [min: number, max: number];

function row(operation: string, unit: string, [minCredits, maxCredits]: Bounds, formula: string): PriceRow {
  return { operation, unit, minCredits, maxCredits, formula };
}

const COMPLETION_FORMULA =
  'by tokens: 5 up to 256, 10 up to 512, 15 up to 1,024, 20 up to 2,048, 25 above; held by maxTokens, charged by tokens produced, a cache hit costs 5';
const POSTER_FORMULA = '15 template only, 25 AI layout, 40 AI layout and image';
const IMAGE_FORMULA =
  '20 up to 512x512, 30 up to 1024x1024, 40 above; +10 with a premium provider (openai, ideogram); at most 50 each, times variants';
const VOICE_FORMULA = '10 standard, 20 neural, 30 cloned voice';

/** The whole price table, in whole credits. Nothing else in the platform names a credit price. */
export const PRICES = {
  'llm-orch': [
    row('inference.complete', 'completion', [5, 25], COMPLETION_FORMULA),
    row('inference.chat', 'completion', [5, 25], COMPLETION_FORMULA),
    row('embeddings', '10 inputs', [1, 1], '1 per 10 inputs, rounded up'),
    row('rerank', 'request', [2, 2], '2'),
    row('moderations', 'request', [0, 0], 'free'),
  ],
  aibrain: [
    row('orchestrate.single', 'answer', [5, 25], COMPLETION_FORMULA),
    row(
      'orchestrate.zar',
      'answer',
      [0, 60],
      '60 when 2 or 3 members answered, the single price when 1 did, nothing when none did',
    ),
    row(
      'voice.orchestrate',
      'conversation turn',
      [10, 290],
      'transcription by started minutes, the answer as in its mode, and a spoken answer of at most a minute; in one hold, charged by what was done',
    ),
  ],
  studio: [
    row('images.generate', 'image', [20, 50], IMAGE_FORMULA),
    row('images.variations', 'image', [20, 50], IMAGE_FORMULA),
    row('images.transform', 'image', [25, 25], '25'),
    row('images.remove-background', 'image', [25, 25], '25'),
    row('videos.generate', 'video', [100, 500], '20 per second, times 1.5 in high quality, rounded up'),
    row('audio.tts', 'started minute', [10, 30], VOICE_FORMULA),
    row('audio.transcribe', 'started minute', [10, 30], VOICE_FORMULA),
    row('music.generate', 'track', [30, 100], '30 up to 30 s, 60 up to 90 s, 100 above'),
    row('avatars.talking-head', 'started minute', [50, 200], '50 in 720p, 100 in 1080p, 200 in 4k'),
    row('posters.generate', 'poster', [15, 40], POSTER_FORMULA),
    row('invitations.generate', 'invitation', [15, 40], POSTER_FORMULA),
    row('presentations.generate', 'slide', [25, 75], '25 text, 50 with one image, 75 with image and chart'),
  ],
} as const satisfies Partial<Record<ServiceName, readonly PriceRow[]>>;

/** What a service answers at `GET /prices`; empty for services that charge nothing. */
export function priceTable(service: ServiceName): readonly PriceRow[] {
  const table: Partial<Record<ServiceName, readonly PriceRow[]>> = PRICES;
  return table[service] ?? [];
}
