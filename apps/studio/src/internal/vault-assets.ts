import { Injectable } from '@nestjs/common';
import { currentContext, currentPrincipal } from '@eventzr/http';
import { StudioConfig } from '../config.js';
import { StudioErrors } from '../studio.errors.js';

const TIMEOUT_MS = 10_000;
const OK = 200;
const SERVER_FAULT = 500;

/** Files of the vault, asked for at the platform's own front door with the token of the user whose work it is. */
@Injectable()
export class VaultAssets {
  constructor(private readonly config: StudioConfig) {}

  /**
   * A signed link to the bytes.
   * @throws ASSET_NOT_FOUND 404 when the user may not see such a file, MEDIA_UNREACHABLE 422 when the vault is down
   */
  async linkOf(assetId: string): Promise<string> {
    const unreachable = (cause: unknown) => {
      throw StudioErrors.MEDIA_UNREACHABLE({ reason: 'unreachable' }, { cause });
    };
    const response = await this.ask(assetId).catch(unreachable);
    if (response.status >= SERVER_FAULT) throw StudioErrors.MEDIA_UNREACHABLE({ reason: 'bad-status' });
    if (response.status !== OK) throw StudioErrors.ASSET_NOT_FOUND();
    // A front door may answer with a page of its own.
    const { data } = (await response.json().catch(unreachable)) as { data?: { contentUrl?: string } | null };
    if (data?.contentUrl === undefined) throw StudioErrors.ASSET_NOT_FOUND();
    return data.contentUrl;
  }

  private ask(assetId: string): Promise<Response> {
    const context = currentContext();
    const limit = AbortSignal.timeout(TIMEOUT_MS);
    return fetch(new URL(`/vault/v1/assets/${encodeURIComponent(assetId)}`, this.config.publicBaseUrl), {
      redirect: 'error',
      signal: context?.signal === undefined ? limit : AbortSignal.any([limit, context.signal]),
      headers: {
        authorization: `Bearer ${currentPrincipal().token}`,
        ...(context === undefined
          ? {}
          : { 'x-request-id': context.requestId, traceparent: context.traceparent }),
      },
    });
  }
}
