import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import type { AuthTx } from '../auth.db.js';
import type { Prisma } from '../generated/prisma/client.js';
import type { ListUsersQuery } from './users.dto.js';

export type UserRow = Prisma.UserGetPayload<object>;

export interface NewUser {
  readonly tenantId: string;
  readonly id: string;
  readonly email: string;
  readonly displayName: string;
  readonly passwordHash: string | null;
  readonly roles: string[];
  /** Whether its maker vouches for the address; null: the mail that goes to it asks. */
  readonly emailVerifiedAt: Date | null;
}

export interface UserChange {
  readonly displayName?: string;
  readonly roles?: string[];
  readonly status?: string;
  readonly mfaPolicy?: string;
}

/** The accounts of a tenant, for those who administer them. */
@Injectable()
export class UsersRepository {
  constructor(private readonly clock: Clock) {}

  /** Latest first, and one more than the page holds, if there is one. */
  list(tx: AuthTx, query: ListUsersQuery, before: string | undefined): Promise<UserRow[]> {
    const { status, role, search, limit } = query;
    // Prisma leaves the signs of LIKE patterns as they are.
    const text = search?.replace(/[\\%_]/g, '\\$&') ?? '';
    const found = { contains: text, mode: 'insensitive' } as const;
    return tx.user.findMany({
      where: {
        ...(status === undefined ? {} : { status }),
        ...(role === undefined ? {} : { roles: { has: role } }),
        ...(search === undefined ? {} : { OR: [{ email: found }, { displayName: found }] }),
        ...(before === undefined ? {} : { id: { lt: before } }),
      },
      orderBy: { id: 'desc' },
      take: limit + 1,
    });
  }

  find(tx: AuthTx, id: string): Promise<UserRow | null> {
    return tx.user.findFirst({ where: { id } });
  }

  /** False when the address has an account, in whichever tenant. */
  async insert(tx: AuthTx, user: NewUser): Promise<boolean> {
    const now = this.clock.now();
    const count = await tx.$executeRaw`
      INSERT INTO users (tenant_id, id, email, display_name, password_hash, roles, plan_tier, email_verified_at, created_at, updated_at)
      VALUES (${user.tenantId}::uuid, ${user.id}::uuid, ${user.email}, ${user.displayName}, ${user.passwordHash}, ${user.roles}::text[],
              NULL, ${user.emailVerifiedAt}::timestamptz, ${now}::timestamptz, ${now}::timestamptz)
      ON CONFLICT DO NOTHING`;
    return count === 1;
  }

  /**
   * Changes the account as long as its roles and status are those of `before`, and as long as it has the second factor
   * that it is to keep: its owner may remove it at the same moment, and nobody could log in any more.
   */
  async update(tx: AuthTx, before: UserRow, change: UserChange): Promise<boolean> {
    const { id, roles, status } = before;
    const kept = change.mfaPolicy === 'always' ? { totpSecretSealed: { not: null } } : {};
    const { count } = await tx.user.updateMany({
      where: { id, status, roles: { equals: roles }, ...kept },
      data: { ...change, updatedAt: this.clock.now() },
    });
    return count === 1;
  }

  async remove(tx: AuthTx, id: string): Promise<boolean> {
    return (await tx.user.deleteMany({ where: { id } })).count === 1;
  }
}
