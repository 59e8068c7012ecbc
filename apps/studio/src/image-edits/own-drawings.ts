import { Injectable } from '@nestjs/common';
import { AssetsRepository } from '../assets/assets.repository.js';
import { type ImageInput, pieceSeed } from '../images/image-input.js';
import type { Drawing } from '../providers/image-edit-provider.js';
import { RenderJobsRepository } from '../render-jobs/render-jobs.repository.js';
import { StudioDb } from '../studio.db.js';

/** What pictures of the local composer were drawn from. */
@Injectable()
export class OwnDrawings {
  constructor(
    private readonly db: StudioDb,
    private readonly assets: AssetsRepository,
    private readonly jobs: RenderJobsRepository,
  ) {}

  /** @param assetId of a picture that the caller may see. Undefined: somebody else made it, or made it from another one */
  of(assetId: string): Promise<Drawing | undefined> {
    return this.db.withTenant(async (tx) => {
      const asset = await this.assets.find(tx, assetId);
      if (asset?.type !== 'image' || asset.provider !== 'local') return undefined;
      const job = await this.jobs.find(tx, asset.jobId);
      if (job?.type !== 'image' || job.seed === null) return undefined;
      const { variants, format: _asked, quality: _fine, label: _ours, ...drawn } = job.input as ImageInput;
      const [first, own] = [Number(job.seed), Number(asset.seed)];
      const variantIndex = Array.from({ length: variants }, (_, piece) => pieceSeed(first, piece)).indexOf(
        own,
      );
      if (variantIndex < 0) return undefined;
      return { ...drawn, seed: own, variantIndex };
    });
  }
}
