import { Injectable } from '@nestjs/common';
import { CatalogueError } from '@eventzr/http';
import { StudioErrors } from '../studio.errors.js';
import { VaultApi } from '../vault-copies/vault-api.js';

const FORBIDDEN = 403;

/** Files of the vault as sources of our work. */
@Injectable()
export class VaultAssets {
  constructor(private readonly vault: VaultApi) {}

  /**
   * A signed link to the bytes.
   * @throws ASSET_NOT_FOUND 404 when the user may not see such a file, MEDIA_UNREACHABLE 422 when the vault is down
   */
  async linkOf(assetId: string): Promise<string> {
    const found = await this.vault.find(assetId).catch(refuse);
    if (found === null) throw StudioErrors.ASSET_NOT_FOUND();
    return found.contentUrl;
  }
}

function refuse(cause: unknown): never {
  if (cause instanceof CatalogueError && cause.entry.http === FORBIDDEN)
    throw StudioErrors.ASSET_NOT_FOUND(null, { cause });
  throw StudioErrors.MEDIA_UNREACHABLE({ reason: 'unreachable' }, { cause });
}
