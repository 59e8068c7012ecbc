import type { Role } from '@eventzr/http';

export type AccountStatus = 'active' | 'suspended';
export type MfaPolicy = 'off' | 'step_up' | 'always';

/** Someone who may log in, with what their tokens say. */
export interface Account {
  readonly tenantId: string;
  readonly tenantName: string;
  readonly tenantStatus: AccountStatus;
  readonly id: string;
  readonly email: string;
  readonly displayName: string;
  readonly roles: Role[];
  readonly planTier: string | null;
  readonly status: AccountStatus;
  readonly mfaPolicy: MfaPolicy;
  readonly stepUpServices: string[];
  readonly totpSecretSealed: string | null;
  readonly emailVerifiedAt: Date | null;
  readonly passwordChangedAt: Date | null;
  readonly createdAt: Date;
}

/** How long an account works before its address is proved. */
export const VERIFY_WITHIN_MS = 24 * 3_600_000;

/** Whether the address of the account should have been proved by now, and was not. */
export function isOverdue({ emailVerifiedAt, createdAt }: Account, now: Date): boolean {
  return emailVerifiedAt === null && now.getTime() - createdAt.getTime() >= VERIFY_WITHIN_MS;
}

/** Whether the account, or its tenant, may not do anything at present. */
export function isSuspended({ status, tenantStatus }: Account): boolean {
  return status !== 'active' || tenantStatus !== 'active';
}

/** Whether a log-in ends only with a code: the policy asks for it, or the account's owner enrolled an authenticator. */
export function asksForCode({ mfaPolicy, totpSecretSealed }: Account): boolean {
  return mfaPolicy === 'always' || (mfaPolicy === 'off' && totpSecretSealed !== null);
}

/** When the password that now holds was set, in milliseconds; 0 for an account's first one. */
export function passwordSetMs({ passwordChangedAt }: Pick<Account, 'passwordChangedAt'>): number {
  return passwordChangedAt?.getTime() ?? 0;
}
