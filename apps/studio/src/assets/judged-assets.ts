import { Injectable } from '@nestjs/common';
import { currentContext } from '@eventzr/http';
import { StudioDb } from '../studio.db.js';
import type { Asset } from './assets.repository.js';
import { AssetsRepository } from './assets.repository.js';

/** Which pictures were found fit to be shown, and by whom: written where it was found, never assumed. */
@Injectable()
export class JudgedAssets {
  constructor(
    private readonly db: StudioDb,
    private readonly assets: AssetsRepository,
  ) {}

  /** False: it is gone, another request wrote its own finding meanwhile, or it is another tenant's, shown by its link. */
  async note({ tenantId, id, judgedBy: before }: Asset, judgedBy: string): Promise<boolean> {
    if (currentContext()?.principal?.tenantId !== tenantId) return false;
    return this.db.withTenant((tx) => this.assets.noteJudged(tx, { id, before, judgedBy }), tenantId);
  }
}
