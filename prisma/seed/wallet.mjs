// Credits of the documented accounts, as real entries of the ledger: 10,000 for every user, 50,000 for every team.
// Safe to run again: the transfer ids are derived, and a known transfer brings nothing in twice.
import { v5 } from 'uuid';

// The same derivation as in apps/wallet/src/wallets/wallet-ids.ts; its spec compares the two.
const NAMESPACE = '5f0c1f43-0d5e-5b5c-9a53-3c1d6f2f7a10';
const USER_CREDITS = 10_000;
const TEAM_CREDITS = 50_000;

const EVENTZR = '00000000-0000-0000-0000-000000000001';
const STARTUP_CO = 'a0000000-0000-4000-8000-000000000002';
const user = (number) => `00000000-0000-4000-8000-000000000${number}`;

const TENANTS = [
  { tenantId: EVENTZR, users: ['101', '102', '103', '104', '105'].map(user) },
  { tenantId: STARTUP_CO, users: ['201'].map(user) },
];

/** @type {readonly { tenantId: string, kind: 'user' | 'team', ownerId: string, walletId: string, credits: number }[]} */
export const WALLETS = TENANTS.flatMap(({ tenantId, users }) => [
  ...users.map((ownerId) => ({
    tenantId,
    kind: 'user',
    ownerId,
    walletId: v5(`wallet:${tenantId}:user:${ownerId}`, NAMESPACE),
    credits: USER_CREDITS,
  })),
  {
    tenantId,
    kind: 'team',
    ownerId: tenantId,
    walletId: v5(`wallet:${tenantId}:team`, NAMESPACE),
    credits: TEAM_CREDITS,
  },
]);

/**
 * @param {object} input
 * @param {import('pg').Client} input.client as the cluster's admin, search_path on the service's schema
 * @param {Date} input.now
 */
export async function seed({ client, now }) {
  for (const { tenantId, kind, ownerId, walletId, credits } of WALLETS) {
    const transferId = v5(`transfer:${tenantId}:seed:${walletId}`, NAMESPACE);
    await client.query(
      `SELECT wallet.issue($1, $2, $3, $4, $5, $6, 'grant', $7, 'seed', NULL, 100, false, NULL, 'system', 'welcome credits')`,
      [tenantId, now, walletId, kind, ownerId, transferId, credits],
    );
  }
}
