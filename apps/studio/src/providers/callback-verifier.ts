import { createHmac, timingSafeEqual } from 'node:crypto';

/** Names in lower case, as they came. */
export type CallbackHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** Checks the signature of a vendor that signs its callbacks, beside the credential that each callback's address carries. */
export abstract class CallbackVerifier {
  /** The provider's name, as in `POST /callbacks/:provider`. */
  abstract readonly provider: string;

  /** @param nowMs the time against which the vendor's own is held, in milliseconds since 1970 */
  abstract verify(rawBody: Buffer, headers: CallbackHeaders, nowMs: number): boolean;
}

/** How far a vendor's clock may be from ours, and how long a callback may be on its way. */
const TOLERANCE_MS = 5 * 60_000;
const STANDARD_SECRET = /^(?:whsec_)?([A-Za-z0-9+/]+={0,2})$/;

/**
 * Standard Webhooks: `webhook-id`, `webhook-timestamp`, and in `webhook-signature` a list of `v1,<base64>` of
 * HMAC-SHA-256 over `id.timestamp.body`, of which one must be right.
 * @param secret `whsec_` and base64
 */
export function verifyStandardWebhook(
  secret: string,
  rawBody: Buffer,
  headers: CallbackHeaders,
  nowMs: number,
): boolean {
  const key = STANDARD_SECRET.exec(secret)?.[1];
  const [id, timestamp, signatures] = [
    headers['webhook-id'],
    headers['webhook-timestamp'],
    headers['webhook-signature'],
  ];
  if (key === undefined || typeof id !== 'string' || typeof signatures !== 'string') return false;
  if (!isRecent(timestamp, nowMs)) return false;
  const expected = hmac(Buffer.from(key, 'base64'), `${id}.${timestamp}.`, rawBody);
  const given = signatures.split(' ').filter((entry) => entry.startsWith('v1,'));
  return given.some((entry) => equal(Buffer.from(entry.slice(3), 'base64'), expected));
}

/** ElevenLabs: `elevenlabs-signature: t=<seconds>,v0=<hex>` of HMAC-SHA-256 over `t.body`. */
export function verifyElevenLabs(
  secret: string,
  rawBody: Buffer,
  headers: CallbackHeaders,
  nowMs: number,
): boolean {
  const header = headers['elevenlabs-signature'];
  if (secret === '' || typeof header !== 'string') return false;
  const fields = header.split(',').map((field) => field.trim());
  const timestamp = fields.find((field) => field.startsWith('t='))?.slice(2);
  if (!isRecent(timestamp, nowMs)) return false;
  const expected = hmac(Buffer.from(secret), `${timestamp}.`, rawBody);
  const given = fields.filter((field) => field.startsWith('v0='));
  return given.some((field) => equal(Buffer.from(field.slice(3), 'hex'), expected));
}

function isRecent(timestamp: string | string[] | undefined, nowMs: number): timestamp is string {
  if (typeof timestamp !== 'string' || !/^\d{1,12}$/.test(timestamp)) return false;
  return Math.abs(nowMs - Number(timestamp) * 1000) <= TOLERANCE_MS;
}

function hmac(key: Buffer, prefix: string, rawBody: Buffer): Buffer {
  return createHmac('sha256', key).update(prefix).update(rawBody).digest();
}

function equal(given: Buffer, expected: Buffer): boolean {
  return given.length === expected.length && timingSafeEqual(given, expected);
}
