import { Injectable } from '@nestjs/common';
import { BrandKitsService } from '../brand-kits/brand-kits.service.js';
import { MediaInputs } from '../inputs/media-inputs.js';
import type { PictureRef } from './poster-input.js';

/** The pictures that a job was handed, for its worker. */
@Injectable()
export class JobPictures {
  constructor(
    private readonly inputs: MediaInputs,
    private readonly kits: BrandKitsService,
  ) {}

  /** @throws ProviderFault `rejected` when one is gone, StorageFault */
  async read(
    tenantId: string,
    wanted: Readonly<Record<string, PictureRef>>,
  ): Promise<Record<string, Uint8Array>> {
    const read = Object.entries(wanted).map(
      async ([name, ref]) => [name, await this.one(tenantId, ref)] as const,
    );
    return Object.fromEntries(await Promise.all(read));
  }

  private one(tenantId: string, ref: PictureRef): Promise<Buffer> {
    return 'inputId' in ref ? this.inputs.read(tenantId, ref.inputId) : this.kits.readLogo(ref.storageKey);
  }
}
