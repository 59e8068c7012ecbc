// Reserves and captures at the SQL layer, in a process of its own.
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { ReserveBatcher } from '../../apps/wallet/dist/holds/reserve-batcher.js';
import { teamWalletId, userWalletId } from '../../apps/wallet/dist/wallets/wallet-ids.js';
import { capture, holdItem, repeat, reserve } from './raw-sql.mjs';

let pool;

process.on('disconnect', () => process.exit(0));
process.on('message', (wish) => {
  pool ??= new pg.Pool({ connectionString: wish.appUrl, max: 8 });
  works[wish.work](wish).then(
    (value) => process.send({ value }),
    (error) => process.send({ error: error.stack }),
  );
});

const works = {
  /** Hold, then capture, on many wallets. */
  holdAndCapture: ({ tenantId, users, lanes, seconds }) =>
    repeat(lanes, seconds, async (n) => {
      const item = itemOf(tenantId, users[n % users.length]);
      await reserve(pool, tenantId, [item]);
      const { rows } = await capture(pool, tenantId, 'studio', item.id, 3);
      if (rows[0].answer.outcome !== 'done') throw new Error(JSON.stringify(rows[0].answer));
    }),

  /** One wallet, one statement per reserve. */
  hotSingly: ({ tenantId, users: [user], lanes, seconds }) =>
    repeat(lanes, seconds, async () =>
      created((await reserve(pool, tenantId, [itemOf(tenantId, user)])).rows[0].answer),
    ),

  /** One wallet, through the service's own batcher. */
  hotCoalesced: ({ tenantId, users: [user], lanes, seconds }) => {
    const batcher = new ReserveBatcher(
      async (tenant, items) => (await reserve(pool, tenant, items)).rows[0].answer,
    );
    return repeat(lanes, seconds, async () => created([await batcher.reserve(itemOf(tenantId, user))]));
  },
};

function itemOf(tenantId, userId) {
  const userWallet = userWalletId(tenantId, userId);
  return holdItem({ id: randomUUID(), tenantId, userId, userWallet, teamWallet: teamWalletId(tenantId) });
}

function created([{ outcome }]) {
  if (outcome !== 'created') throw new Error(`a reserve ended as ${outcome}`);
}
