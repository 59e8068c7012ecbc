// The same statements as the house sends, by hand over pg.

/** One wallet, in a transaction of one tenant: three round trips, as few as it takes. */
export function readWallet(pool, tenantId, walletId) {
  return inTenant(pool, tenantId, async (client) => (await client.query(walletBy(walletId))).rows[0]);
}

/** The wallet with its grants: what `GET /wallets/:id` reads. */
export function readWalletWithGrants(pool, tenantId, walletId) {
  return inTenant(pool, tenantId, async (client) => {
    const { rows } = await client.query(walletBy(walletId));
    const grants = await client.query({
      name: 'grants',
      text: `SELECT * FROM wallet.grants WHERE wallet_id = $1 AND remaining > 0
             ORDER BY priority, expires_at NULLS LAST, promotional DESC, created_at LIMIT 100`,
      values: [walletId],
    });
    return { ...rows[0], grants: grants.rows };
  });
}

async function inTenant(pool, tenantId, work) {
  const client = await pool.connect();
  try {
    await client.query(`BEGIN; SELECT set_config('app.tenant_id', '${tenantId}', true)`);
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } finally {
    client.release();
  }
}

function walletBy(id) {
  return { name: 'wallet', text: 'SELECT * FROM wallet.wallets WHERE id = $1', values: [id] };
}

export function reserve(pool, tenantId, items) {
  return pool.query({
    name: 'reserve',
    text: 'SELECT wallet.reserve($1, $2, $3) AS answer',
    values: [tenantId, new Date(), JSON.stringify(items.map((item, n) => ({ ...item, n })))],
  });
}

export function capture(pool, tenantId, service, id, amount) {
  return pool.query({
    name: 'capture',
    text: 'SELECT wallet.capture($1, $2, $3, $4, $5) AS answer',
    values: [tenantId, new Date(), service, id, amount],
  });
}

/** What the wallet's service would make of a request to hold credits. */
export function holdItem({ id, tenantId, userId, userWallet, teamWallet }) {
  const deadline = new Date(Date.now() + 86_400_000);
  return {
    id, tenantId, userId, userWallet, teamWallet, service: 'studio', choice: null, operation: 'images.generate', referenceId: id,
    amount: 5, deadline: deadline.toISOString(), expiresAt: new Date(deadline.getTime() + 3_600_000).toISOString(), roles: ['user'],
  }; // prettier-ignore
}

/** Runs `work(n)` again and again on `lanes` lanes for `seconds`. */
export async function repeat(lanes, seconds, work) {
  let calls = 0;
  const startedAt = performance.now();
  const cpuBefore = process.cpuUsage();
  const end = startedAt + seconds * 1000;
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      while (performance.now() < end) await work((calls += 1));
    }),
  );
  const { user, system } = process.cpuUsage(cpuBefore);
  return { calls, seconds: (performance.now() - startedAt) / 1000, cpuMs: (user + system) / 1000 };
}
