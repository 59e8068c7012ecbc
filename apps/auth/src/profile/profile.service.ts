import { Injectable } from '@nestjs/common';
import { normalizeTier } from '@eventzr/auth';
import { Clock } from '@eventzr/config';
import { Outbox } from '@eventzr/events';
import { HttpErrors, type Principal } from '@eventzr/http';
import { AccountsRepository } from '../accounts/accounts.repository.js';
import { AuthDb } from '../auth.db.js';
import { USER_UPDATED, type UserUpdated } from '../auth.events.js';
import type { ProfileBody, ProfileView } from './profile.dto.js';

@Injectable()
export class ProfileService {
  constructor(
    private readonly accounts: AccountsRepository,
    private readonly db: AuthDb,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Nothing is told when nothing changes. */
  async update(principal: Principal, { displayName: name }: ProfileBody): Promise<ProfileView> {
    const { tenantId, userId, roles } = principal;
    if (name !== undefined) {
      await this.db.withTenant(async (tx) => {
        if (!(await this.accounts.rename(tx, userId, name, this.clock.now()))) return;
        const data: UserUpdated = { tenantId, userId, actorId: userId, roles, changed: ['displayName'] };
        await this.outbox.append(tx, { type: USER_UPDATED, aggregateId: userId, tenantId, data });
      });
    }
    return this.read(principal);
  }

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
