// One tenant-scoped read: through withTenant and the typed client, and by hand over pg.
import { Connections } from '@eventzr/db';
import pg from 'pg';
import { WalletDb } from '../../apps/wallet/dist/wallet.db.js';
import { readWallet, repeat } from './raw-sql.mjs';

let sides;

process.on('disconnect', () => process.exit(0));
process.on('message', (wish) => {
  sides ??= open(wish);
  repeat(wish.lanes, wish.seconds, sides[wish.side]).then(
    (value) => process.send({ value }),
    (error) => process.send({ error: error.stack }),
  );
});

function open({ appUrl, jobUrl, tenantId, walletIds }) {
  const connections = new Connections({
    service: 'wallet',
    databaseUrl: appUrl,
    jobDatabaseUrl: jobUrl,
    tenants: { current: () => tenantId },
  });
  const db = new WalletDb(connections);
  const pool = new pg.Pool({ connectionString: appUrl, max: 8 });
  const walletOf = (n) => walletIds[n % walletIds.length];
  return {
    ours: async (n) =>
      present(await db.withTenant((tx) => tx.wallet.findFirst({ where: { id: walletOf(n) } }))),
    theirs: async (n) => present(await readWallet(pool, tenantId, walletOf(n))),
  };
}

function present(row) {
  if (row?.available === undefined) throw new Error('the read found nothing');
}
