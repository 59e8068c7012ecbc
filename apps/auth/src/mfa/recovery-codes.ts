import { randomBytes } from 'node:crypto';
import { Secret } from 'otpauth';

export const RECOVERY_CODES = 10;
const CODE_BYTES = 10;

/** A fresh one-time code of 80 bits, in groups that people can read out: `ABCD-EFGH-IJKL-MNOP`. */
export function newRecoveryCode(): string {
  const text = new Secret({ buffer: Uint8Array.from(randomBytes(CODE_BYTES)).buffer }).base32;
  return (text.match(/.{4}/g) ?? []).join('-');
}

/** The same code however it was typed; undefined for what is no recovery code. */
export function normalRecoveryCode(code: string): string | undefined {
  const text = code.replaceAll('-', '').toUpperCase();
  return /^[A-Z2-7]{16}$/.test(text) ? text : undefined;
}
