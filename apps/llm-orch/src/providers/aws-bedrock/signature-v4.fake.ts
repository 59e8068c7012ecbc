import { createHash, createHmac } from 'node:crypto';
import type { SeenCall } from '../faults/vendor-wire.fake.js';

export interface SigningKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
}

/** For specs: whether a call carries the signature (AWS Signature Version 4) that its key gives it. */
export function isSignedBy({ accessKeyId, secretAccessKey, region }: SigningKey, call: SeenCall): boolean {
  const authorization = String(call.headers.authorization ?? '');
  const [, id, scope, signed = '', signature] =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/([^,]+), SignedHeaders=([^,]+), Signature=(\w+)$/.exec(
      authorization,
    ) ?? [];
  const at = String(call.headers['x-amz-date']);
  if (id !== accessKeyId || scope !== `${at.slice(0, 8)}/${region}/bedrock/aws4_request`) return false;
  const headers = signed.split(';').map((name) => `${name}:${String(call.headers[name]).trim()}\n`);
  // The path is encoded once more than it is sent.
  const path = call.url.split('/').map(encodeURIComponent).join('/');
  const canonical = [call.method, path, '', headers.join(''), signed, sha256(call.text)].join('\n');
  const key = [at.slice(0, 8), region, 'bedrock', 'aws4_request'].reduce<Buffer>(
    (secret, part) => hmac(secret, part),
    Buffer.from(`AWS4${secretAccessKey}`),
  );
  const toSign = ['AWS4-HMAC-SHA256', at, scope, sha256(canonical)].join('\n');
  return hmac(key, toSign).toString('hex') === signature;
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
