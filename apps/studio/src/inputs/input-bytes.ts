import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { Injectable } from '@nestjs/common';
import { FetchRefused, type FetchRefusalKind, SafeFetch } from '@eventzr/safe-fetch';
import { ByteStore } from '@eventzr/storage';
import type { Asset } from '../assets/assets.repository.js';
import { AssetsService } from '../assets/assets.service.js';
import { StudioConfig } from '../config.js';
import { StudioErrors } from '../studio.errors.js';
import { bytesOfDataUri } from './data-uri.js';
import type { MediaSource } from './media-source.js';
import { MOST_INPUT_BYTES } from './media-source.js';

const FETCH_TIMEOUT_MS = 30_000;
const OWN_CONTENT = /^\/studio\/v1\/assets\/([0-9a-f-]{36})\/content$/;

const REFUSALS: Partial<Record<FetchRefusalKind, keyof typeof StudioErrors>> = {
  'invalid-url': 'INVALID_MEDIA_INPUT',
  'too-large': 'MEDIA_TOO_LARGE',
};

/** A file's bytes, and the asset whose they are where studio made it. */
export interface FoundBytes {
  readonly bytes: Buffer;
  readonly asset?: Asset;
}

/** Gets hold of what a caller points at, without looking into it. */
@Injectable()
export class InputBytes {
  constructor(
    private readonly fetcher: SafeFetch,
    private readonly assets: AssetsService,
    private readonly store: ByteStore,
    private readonly config: StudioConfig,
  ) {}

  /** @throws INVALID_MEDIA_INPUT 400, ASSET_NOT_FOUND 404, MEDIA_TOO_LARGE 413, MEDIA_UNREACHABLE 422 */
  async of(source: MediaSource): Promise<FoundBytes> {
    const { url, assetId, dataUri, file } = source;
    const given = [url, assetId, dataUri, file].filter((each) => each !== undefined);
    if (given.length !== 1)
      throw StudioErrors.INVALID_MEDIA_INPUT({ reason: 'exactly one source is needed' });
    if (assetId !== undefined) return this.ofAsset(await this.assets.visibleAsset(assetId));
    if (dataUri !== undefined) return { bytes: bytesOfDataUri(dataUri) };
    if (file !== undefined) return { bytes: await ofFile(file) };
    return this.ofUrl(url ?? '');
  }

  private async ofUrl(url: string): Promise<FoundBytes> {
    if (/^data:/i.test(url)) return { bytes: bytesOfDataUri(url) };
    const own = this.ownAsset(url);
    if (own !== undefined) return this.ofAsset(await this.assets.signedAsset(own.id, own.credential));
    const limits = { maxBytes: MOST_INPUT_BYTES, timeoutMs: FETCH_TIMEOUT_MS };
    try {
      return { bytes: (await this.fetcher.get(url, limits)).bytes };
    } catch (error) {
      if (!(error instanceof FetchRefused)) throw error;
      const refusal = StudioErrors[REFUSALS[error.kind] ?? 'MEDIA_UNREACHABLE'];
      throw refusal({ reason: error.kind }, { cause: error });
    }
  }

  /** A link of ours is not fetched through the network: the file is here, and the link says who may read it. */
  private ownAsset(url: string): { id: string; credential: string | undefined } | undefined {
    const base = new URL(this.config.publicBaseUrl);
    const parsed = URL.canParse(url) ? new URL(url) : undefined;
    const id = parsed?.origin === base.origin ? OWN_CONTENT.exec(parsed.pathname)?.[1] : undefined;
    if (parsed === undefined || id === undefined) return undefined;
    return { id, credential: parsed.searchParams.get('sig') ?? undefined };
  }

  private async ofAsset(asset: Asset): Promise<FoundBytes> {
    const { storageKey, bytes } = asset;
    if (bytes > MOST_INPUT_BYTES) throw StudioErrors.MEDIA_TOO_LARGE({ maxBytes: MOST_INPUT_BYTES });
    return { bytes: await buffer((await this.store.read(storageKey)).stream), asset };
  }
}

async function ofFile({ path, bytes }: { readonly path: string; readonly bytes: number }): Promise<Buffer> {
  if (bytes > MOST_INPUT_BYTES) throw StudioErrors.MEDIA_TOO_LARGE({ maxBytes: MOST_INPUT_BYTES });
  return readFile(path);
}
