import { Injectable } from '@nestjs/common';
import { derivedId } from '@eventzr/config';
import { RemoteError, ServiceClient } from '@eventzr/service-client';
import { ByteStore } from '@eventzr/storage';
import type { Asset } from '../assets/assets.repository.js';
import { vaultFault } from './vault-faults.js';

const ASSETS = '/vault/v1/assets';
const LOOK_TIMEOUT_MS = 5_000;
const STORE_TIMEOUT_MS = 60_000;

/** What the vault answers about a file, as far as studio reads it. */
export interface VaultAsset {
  readonly id: string;
  readonly filename: string;
  readonly mimeType: string;
  readonly sizeBytes: number;
  readonly visibility: string;
  readonly contentUrl: string;
  readonly createdAt: string;
}

/** The vault, called with the token of the user whose request is being served: their role, their quota, their file. */
@Injectable()
export class VaultApi {
  constructor(
    private readonly services: ServiceClient,
    private readonly store: ByteStore,
  ) {}

  /** Null: it is not there any more. @throws an error of our catalogue */
  async find(id: string): Promise<VaultAsset | null> {
    try {
      return await this.services.call<VaultAsset>({
        service: 'vault',
        method: 'GET',
        path: `${ASSETS}/${id}`,
        timeoutMs: LOOK_TIMEOUT_MS,
        idempotent: true,
        forwardToken: true,
      });
    } catch (error) {
      if (error instanceof RemoteError && error.status === 404) return null;
      throw vaultFault(error);
    }
  }

  /**
   * Streams the file from our storage to the vault. The key follows from the asset and from what it takes the place of:
   * whoever repeats it, here or from outside, meets the first.
   * @throws an error of our catalogue
   */
  async keep(asset: Asset, inPlaceOf: string | undefined): Promise<VaultAsset> {
    const { id, storageKey, mimeType } = asset;
    try {
      return await this.services.call<VaultAsset>({
        service: 'vault',
        method: 'POST',
        path: ASSETS,
        upload: {
          field: 'file',
          filename: storageKey.split('/').at(-1) ?? id,
          mimeType,
          bytes: Number(asset.bytes),
          open: async () => (await this.store.read(storageKey)).stream,
        },
        headers: { 'idempotency-key': derivedId(id, `vault:${inPlaceOf ?? 'first'}`) },
        timeoutMs: STORE_TIMEOUT_MS,
        idempotent: true,
        forwardToken: true,
      });
    } catch (error) {
      throw vaultFault(error);
    }
  }
}
