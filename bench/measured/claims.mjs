// Idempotency claims as an `operation` makes them, and the bare row by hand.
import { randomBytes, randomUUID } from 'node:crypto';
import { SystemClock } from '@eventzr/config';
import { Connections } from '@eventzr/db';
import pg from 'pg';
import { WalletDb } from '../../apps/wallet/dist/wallet.db.js';
import { ClaimStore } from '../../libs/idempotency/dist/claim-store.js';
import { repeat } from './raw-sql.mjs';

const [METHOD, ROUTE, PRINCIPAL] = ['POST', '/wallet/v1/wallets/:id/top-ups', randomUUID()];
const INSERT = `INSERT INTO platform.idempotency_keys (tenant_id, principal, method, route, key, fingerprint, operation_id, attempt,
  fence, state, lease_until, expires_at, created_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $8, 'running', now(), now(), now()) ON CONFLICT DO NOTHING`;

let sides;

process.on('disconnect', () => process.exit(0));
process.on('message', (wish) => {
  sides ??= open(wish);
  repeat(wish.lanes, wish.seconds, sides[wish.side]).then(
    (value) => process.send({ value }),
    (error) => process.send({ error: error.stack }),
  );
});

function open({ appUrl, jobUrl, tenantId }) {
  const connections = new Connections({
    service: 'wallet',
    databaseUrl: appUrl,
    jobDatabaseUrl: jobUrl,
    tenants: { current: () => tenantId },
  });
  const store = new ClaimStore(new WalletDb(connections), new SystemClock());
  const options = `-c app.tenant_id=${tenantId}`;
  const pool = new pg.Pool({ connectionString: appUrl, max: 8, options });
  return {
    ours: async () => {
      const scope = { tenantId, principal: PRINCIPAL, method: METHOD, route: ROUTE, key: randomUUID() };
      const { outcome } = await store.claimOperation(scope, randomBytes(32), randomUUID(), randomUUID());
      if (outcome !== 'claimed') throw new Error(`a fresh key was ${outcome}`);
    },
    theirs: async () => {
      const values = [
        tenantId,
        PRINCIPAL,
        METHOD,
        ROUTE,
        randomUUID(),
        randomBytes(32),
        randomUUID(),
        randomUUID(),
      ];
      const { rowCount } = await pool.query({ name: 'insert', text: INSERT, values });
      if (rowCount !== 1) throw new Error('a fresh key was taken');
    },
  };
}
