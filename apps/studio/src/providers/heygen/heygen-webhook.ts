import { createHmac, timingSafeEqual } from 'node:crypto';
import { parsedJson, textAt } from '../vendor/json.js';

/** What the vendor says happened to a film; to be confirmed by polling before it is believed. */
export interface HeyGenEvent {
  /** The same for every delivery of the event. */
  readonly eventId: string;
  readonly taskId: string;
  /** Our own key of the submit. */
  readonly callbackId?: string;
  readonly outcome: 'succeeded' | 'failed';
}

export interface HeyGenDelivery {
  readonly secret: string;
  /** With lower-case names, as Node gives them. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Exactly the bytes that came. */
  readonly body: Buffer;
  readonly nowMs: number;
}

const OLDEST_MS = 5 * 60_000;
const OUTCOMES: Readonly<Record<string, HeyGenEvent['outcome']>> = {
  'avatar_video.success': 'succeeded',
  'avatar_video.fail': 'failed',
};

/**
 * Checks the HMAC-SHA256 of the raw body (`heygen-signature`, hexadecimal; endpoints of the older API sign as
 * `signature`) and, where the vendor sends it, the age. Undefined for everything that is forged, old or of another
 * kind. The time is not part of what is signed, so deliveries are deduplicated by `eventId` as well.
 */
export function verifiedHeyGenEvent({
  secret,
  headers,
  body,
  nowMs,
}: HeyGenDelivery): HeyGenEvent | undefined {
  const given = headers['heygen-signature'] ?? headers['signature'];
  if (secret === '' || typeof given !== 'string' || !/^[0-9a-f]{64}$/i.test(given)) return undefined;
  const expected = createHmac('sha256', secret).update(body).digest();
  if (!timingSafeEqual(Buffer.from(given, 'hex'), expected)) return undefined;
  const sentAt = headers['heygen-timestamp'];
  if (sentAt !== undefined && !(Math.abs(nowMs - Number(sentAt) * 1_000) <= OLDEST_MS)) return undefined;
  return eventOf(parsedJson(body), headers['heygen-event-id']);
}

function eventOf(json: unknown, header: unknown): HeyGenEvent | undefined {
  const type = textAt(json, 'event_type') ?? '';
  const outcome = OUTCOMES[type];
  const taskId = textAt(json, 'event_data', 'video_id');
  if (outcome === undefined || taskId === undefined) return undefined;
  const callbackId = textAt(json, 'event_data', 'callback_id');
  const eventId = typeof header === 'string' && header !== '' ? header : `${type}:${taskId}`;
  return { eventId, taskId, callbackId, outcome };
}
