// The documented accounts, for an embedded installation and for tests. Safe to run again: what exists keeps its
// password, roles and history.
import { createCipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { hash } from '@node-rs/argon2';

export const PASSWORD = 'Password123!';
export const EVENTZR = '00000000-0000-0000-0000-000000000001';
export const STARTUP_CO = 'a0000000-0000-4000-8000-000000000002';

const TENANTS = [
  { id: EVENTZR, name: 'EventZR' },
  { id: STARTUP_CO, name: 'StartupCo' },
];

const account = (number, email, displayName, roles, planTier, tenantId = EVENTZR) => ({
  id: `00000000-0000-4000-8000-000000000${number}`,
  email,
  displayName,
  roles,
  planTier,
  tenantId,
});

export const ACCOUNTS = [
  account('101', 'dev@eventzr.com', 'Dev Developer', ['user'], 'professional'),
  account('102', 'admin@eventzr.com', 'Ada Admin', ['user', 'organizer', 'admin'], 'professional'),
  account('103', 'organizer@eventzr.com', 'Olga Organizer', ['user', 'organizer'], 'professional'),
  account('104', 'user@eventzr.com', 'Uma User', ['user'], 'BASE'),
  account('105', 'partner@eventzr.com', 'Pat Partner', ['user', 'partner'], 'BASE'),
  account('201', 'admin@startup.co', 'Sam Startup', ['user', 'organizer', 'admin'], 'BASE', STARTUP_CO),
];

/**
 * @param {object} input
 * @param {import('pg').Client} input.client as the cluster's admin, search_path on the service's schema
 * @param {Date} input.now
 * @param {{ devTotpSecret: string, keyEncryptionKey: string }} input.secrets the developer account's TOTP secret in
 *   base32 and the `KEY_ENCRYPTION_KEY` under which auth keeps it
 */
export async function seed({ client, now, secrets }) {
  for (const { id, name } of TENANTS) {
    await client.query(
      `INSERT INTO tenants (tenant_id, name, created_at, updated_at) VALUES ($1, $2, $3, $3) ON CONFLICT DO NOTHING`,
      [id, name, now],
    );
  }
  const { rows } = await client.query('SELECT id::text FROM users WHERE id = ANY($1::uuid[])', [
    ACCOUNTS.map(({ id }) => id),
  ]);
  const known = new Set(rows.map(({ id }) => id));
  const missing = ACCOUNTS.filter(({ id }) => !known.has(id));
  // The cost of apps/auth's hasher: argon2id, OWASP's first choice of parameters.
  const cost = { memoryCost: 19456, timeCost: 2, parallelism: 1 };
  const hashes = await Promise.all(missing.map(() => hash(PASSWORD, cost)));
  for (const [index, user] of missing.entries()) await insert(client, user, hashes[index], now);
  for (const user of ACCOUNTS.filter(({ planTier }) => planTier === 'professional'))
    await subscribe(client, user, now);
  await giveSecondFactor(client, ACCOUNTS[0], secrets);
}

// The subscriptions that seed/subscriptions.mjs gives the same accounts, before any event told of them.
async function subscribe(client, { id, tenantId, planTier }, now) {
  await client.query(
    `INSERT INTO subscribed_plans (tenant_id, subscription_id, actor_type, actor_id, plan_tier, rank, live, sequence, updated_at)
     VALUES ($1, $2, 'user', $3, $4, 5, true, 0, $5) ON CONFLICT DO NOTHING`,
    [tenantId, `b1000000-0000-4000-8000-000000000${id.slice(-3)}`, id, planTier, now],
  );
}

async function insert(client, { id, tenantId, email, displayName, roles, planTier }, passwordHash, now) {
  await client.query(
    `INSERT INTO users (tenant_id, id, email, display_name, password_hash, roles, plan_tier, email_verified_at, created_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $8) ON CONFLICT DO NOTHING`,
    [tenantId, id, email, displayName, passwordHash, roles, planTier, now],
  );
}

// Subscriptions ask this account for a code. The secret is the installation's own and follows it when it changes.
async function giveSecondFactor(client, { id, tenantId }, { devTotpSecret, keyEncryptionKey }) {
  await client.query(
    `UPDATE users SET mfa_policy = 'step_up', step_up_services = '{subscriptions}', totp_secret_sealed = $3
      WHERE tenant_id = $1 AND id = $2 AND (totp_secret_sealed IS NULL OR mfa_policy = 'step_up')`,
    [tenantId, id, seal(devTotpSecret, `totp:${id}`, keyEncryptionKey)],
  );
}

// As apps/auth/src/secrets/secret-box.ts seals: the seed runs before anything is built, so it cannot import it.
function seal(text, purpose, keyEncryptionKey) {
  const key = Buffer.from(hkdfSync('sha256', keyEncryptionKey, '', 'eventzr key encryption', 32));
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(purpose));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return ['v1', nonce, cipher.getAuthTag(), sealed]
    .map((part) => (part === 'v1' ? part : part.toString('base64url')))
    .join('.');
}
