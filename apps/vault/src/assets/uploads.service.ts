import { Injectable } from '@nestjs/common';
import { reply, type MultipartForm, type Principal } from '@eventzr/http';
import { Operations } from '@eventzr/idempotency';
import type { VaultTx } from '../vault.db.js';
import { VaultErrors } from '../vault.errors.js';
import { AssetBytes } from './asset-bytes.js';
import { AssetViews } from './asset-view.js';
import type { UploadAssetFields } from './assets.dto.js';
import { UploadRecords } from './upload-records.js';

export type UploadForm = MultipartForm<UploadAssetFields>;

/** Small files in one request: reserve, store, publish. Whatever fails leaves nothing that anybody can see. */
@Injectable()
export class UploadsService {
  constructor(
    private readonly records: UploadRecords,
    private readonly bytes: AssetBytes,
    private readonly views: AssetViews,
    private readonly operations: Operations<VaultTx>,
  ) {}

  async upload({ fields, files: [file] }: UploadForm, caller: Principal) {
    if (file === undefined) throw fileMissing();
    const asset = await this.bytes.describe(file, fields, caller);
    await this.records.reserve(asset, caller.tier);
    try {
      await this.bytes.keep(asset, file);
      return await this.operations.finish(async (tx) => {
        const view = this.views.of(await this.records.publish(tx, asset.id));
        return reply(view, { status: 201, location: `/vault/v1/assets/${asset.id}` });
      });
    } catch (error) {
      if (await this.records.drop(asset.id, asset.tenantId)) await this.bytes.forget(asset);
      throw error;
    }
  }
}

function fileMissing() {
  return VaultErrors.INVALID_INPUT([{ field: 'file', rule: 'required', message: 'file is required' }]);
}
