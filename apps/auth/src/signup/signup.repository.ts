import { Injectable } from '@nestjs/common';
import type { Role } from '@eventzr/http';
import { AuthDb, type AuthTx } from '../auth.db.js';

export interface NewAccount {
  readonly tenantId: string;
  readonly tenantName: string;
  readonly userId: string;
  readonly email: string;
  readonly displayName: string;
  readonly passwordHash: string;
  readonly roles: Role[];
  readonly planTier: string;
  readonly now: Date;
}

@Injectable()
export class SignupRepository {
  constructor(private readonly db: AuthDb) {}

  /** A tenant and its first account, with what `also` does in the same transaction; false when the address is taken. */
  async insert(account: NewAccount, also: (tx: AuthTx) => Promise<void>): Promise<boolean> {
    const { tenantId, tenantName, now } = account;
    const taken = new Error('taken');
    const work = async (tx: AuthTx): Promise<boolean> => {
      await tx.$executeRaw`
        INSERT INTO tenants (tenant_id, name, created_at, updated_at)
        VALUES (${tenantId}::uuid, ${tenantName}, ${now}::timestamptz, ${now}::timestamptz)`;
      // The throw takes the tenant back.
      if (!(await this.insertUser(tx, account))) throw taken;
      await also(tx);
      return true;
    };
    return this.db.withTenant(work, tenantId).catch((error: unknown) => {
      if (error === taken) return false;
      throw error;
    });
  }

  // Of any number at once the unique index lets one through, in whichever tenants they are.
  private async insertUser(tx: AuthTx, account: NewAccount): Promise<boolean> {
    const { tenantId, userId, email, displayName, passwordHash, roles, planTier, now } = account;
    const count = await tx.$executeRaw`
      INSERT INTO users (tenant_id, id, email, display_name, password_hash, roles, plan_tier, created_at, updated_at)
      VALUES (${tenantId}::uuid, ${userId}::uuid, ${email}, ${displayName}, ${passwordHash}, ${roles}::text[], ${planTier},
              ${now}::timestamptz, ${now}::timestamptz)
      ON CONFLICT (email) DO NOTHING`;
    return count === 1;
  }
}
