import { Injectable } from '@nestjs/common';
import { normalizeTier } from '@eventzr/auth';
import { HttpErrors, type Principal } from '@eventzr/http';
import { AccountsRepository } from '../accounts/accounts.repository.js';
import type { ProfileView } from './profile.dto.js';

@Injectable()
export class ProfileService {
  constructor(private readonly accounts: AccountsRepository) {}

  async read({ tenantId, userId }: Principal): Promise<ProfileView> {
    const account = await this.accounts.find(tenantId, userId);
    if (account === undefined) throw HttpErrors.NOT_FOUND();
    const { id, tenantName, email, displayName, roles, planTier, mfaPolicy } = account;
    return {
      id,
      tenantId,
      tenantName,
      email,
      emailVerified: account.emailVerifiedAt !== null,
      displayName,
      roles,
      planTier,
      tier: normalizeTier(planTier),
      mfaPolicy,
      mfaEnabled: account.totpSecretSealed !== null,
      createdAt: account.createdAt.toISOString(),
    };
  }
}
