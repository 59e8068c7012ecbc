import { Injectable } from '@nestjs/common';
import type { Principal } from '@eventzr/http';
import { VaultConfig } from '../config.js';
import { STORAGE_LIMITS } from './plan-limits.js';
import type { QuotaView } from './quota.dto.js';
import { QuotaRepository } from './quota.repository.js';

@Injectable()
export class QuotaService {
  constructor(
    private readonly quotas: QuotaRepository,
    private readonly config: VaultConfig,
  ) {}

  async read({ userId, tier }: Principal): Promise<QuotaView> {
    const quota = await this.quotas.find(userId);
    const [usedBytes, reservedBytes] = [Number(quota?.usedBytes ?? 0), Number(quota?.reservedBytes ?? 0)];
    const limitBytes = STORAGE_LIMITS[tier];
    const availableBytes = limitBytes === null ? null : Math.max(0, limitBytes - usedBytes - reservedBytes);
    const maxFileBytes = this.config.smallUploadMaxBytes;
    return {
      tier,
      limitBytes,
      usedBytes,
      reservedBytes,
      availableBytes,
      assets: quota?.assets ?? 0,
      maxFileBytes,
    };
  }
}
