import type { Asset } from '@trustnxt/c2pa-ts/asset';

const HEAD_BYTES = 12;
const CHUNK_HEAD_BYTES = 8;
const MANIFEST = 'C2PA';

/** A chunk and where it begins; `bytes` is the length of its content, which is padded to an even one. */
interface Chunk {
  readonly at: number;
  readonly bytes: number;
}

/** WebP and WAV: RIFF files, whose C2PA manifest is a chunk of its own at the end (C2PA 1.4, A.3). */
export class RiffAsset implements Asset {
  readonly mimeType: string;
  private data: Buffer;

  /** @throws Error for what is no RIFF file */
  constructor(bytes: Uint8Array) {
    if (!RiffAsset.canRead(bytes)) throw new Error('the file is no RIFF');
    this.data = Buffer.from(bytes);
    this.mimeType = this.data.toString('latin1', 8, HEAD_BYTES) === 'WEBP' ? 'image/webp' : 'audio/wav';
  }

  static canRead(bytes: Uint8Array): boolean {
    return Buffer.from(bytes.subarray(0, 4)).toString('latin1') === 'RIFF' && bytes.length >= HEAD_BYTES;
  }

  getDataLength(): number {
    return this.data.length;
  }

  getDataRange(start = 0, length = this.data.length): Promise<Uint8Array> {
    return Promise.resolve(this.data.subarray(start, start + length));
  }

  dumpInfo(): string {
    return `${this.mimeType} in RIFF`;
  }

  getManifestJUMBF(): Uint8Array | undefined {
    const chunk = this.manifest();
    if (chunk === undefined) return undefined;
    const from = chunk.at + CHUNK_HEAD_BYTES;
    return this.data.subarray(from, from + chunk.bytes);
  }

  ensureManifestSpace(length: number): Promise<void> {
    const old = this.manifest();
    const end = old === undefined ? 0 : old.at + lengthOf(old);
    const rest = old === undefined ? [this.data] : [this.data.subarray(0, old.at), this.data.subarray(end)];
    const chunk = Buffer.alloc(lengthOf({ bytes: length }));
    chunk.write(MANIFEST, 'latin1');
    chunk.writeUInt32LE(length, 4);
    this.data = Buffer.concat([...rest, chunk]);
    this.data.writeUInt32LE(this.data.length - CHUNK_HEAD_BYTES, 4);
    return Promise.resolve();
  }

  getHashExclusionRange(): { start: number; length: number } {
    const chunk = this.manifest();
    if (chunk === undefined) throw new Error('no space was made for the manifest');
    return { start: chunk.at, length: lengthOf(chunk) };
  }

  writeManifestJUMBF(jumbf: Uint8Array): Promise<void> {
    const space = this.getManifestJUMBF();
    if (space?.length !== jumbf.length) throw new Error('the space for the manifest has another size');
    space.set(jumbf);
    return Promise.resolve();
  }

  private manifest(): Chunk | undefined {
    for (let at = HEAD_BYTES; at + CHUNK_HEAD_BYTES <= this.data.length;) {
      const chunk = { at, bytes: this.data.readUInt32LE(at + 4) };
      if (this.data.toString('latin1', at, at + 4) === MANIFEST) return chunk;
      at += lengthOf(chunk);
    }
    return undefined;
  }
}

/** Head, content, and the byte that makes it even. */
function lengthOf({ bytes }: Pick<Chunk, 'bytes'>): number {
  return CHUNK_HEAD_BYTES + bytes + (bytes % 2);
}
