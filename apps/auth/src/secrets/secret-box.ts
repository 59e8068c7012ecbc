import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AuthConfig } from '../config.js';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;

/** Seals what the database keeps but must not be able to read: AES-256-GCM under `KEY_ENCRYPTION_KEY`. */
@Injectable()
export class SecretBox {
  private readonly key: Buffer;
  private readonly digestKey: Buffer;

  constructor({ keyEncryptionKey }: AuthConfig) {
    this.key = Buffer.from(hkdfSync('sha256', keyEncryptionKey, '', 'eventzr key encryption', 32));
    this.digestKey = Buffer.from(hkdfSync('sha256', keyEncryptionKey, '', 'eventzr code digest', 32));
  }

  /** @param purpose what is sealed, e.g. `totp:<user>`: the text opens under the same purpose alone */
  seal(text: string, purpose: string): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.key, nonce).setAAD(Buffer.from(purpose));
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return ['v1', ...[nonce, cipher.getAuthTag(), sealed].map((part) => part.toString('base64url'))].join(
      '.',
    );
  }

  /** @throws Error when the text was altered, moved to another purpose or sealed under another key */
  open(text: string, purpose: string): string {
    const [version, ...parts] = text.split('.');
    const [nonce, tag, sealed] = parts.map((part) => Buffer.from(part, 'base64url'));
    if (version !== 'v1' || nonce === undefined || tag?.length !== 16 || sealed === undefined)
      throw new Error('Not a sealed text');
    try {
      const decipher = createDecipheriv(ALGORITHM, this.key, nonce)
        .setAAD(Buffer.from(purpose))
        .setAuthTag(tag);
      return Buffer.concat([decipher.update(sealed), decipher.final()]).toString('utf8');
    } catch (cause) {
      throw new Error(
        `What is sealed for ${purpose} does not open: is KEY_ENCRYPTION_KEY the one it was sealed under?`,
        { cause },
      );
    }
  }

  /** What is kept of a random code that only has to be recognised: HMAC-SHA-256 under a key of its own. */
  digest(text: string, purpose: string): Buffer {
    return createHmac('sha256', this.digestKey).update(`${purpose}\0${text}`).digest();
  }
}
