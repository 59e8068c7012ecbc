// The floor: node:http that answers one JSON document; with `appUrl`, one that reads it first from the database in a
// transaction of one tenant, by hand.
import { createServer } from 'node:http';
import pg from 'pg';
import { readWalletWithGrants } from './raw-sql.mjs';

process.on('disconnect', () => process.exit(0));
process.on('message', ({ document, appUrl, tenantId, walletId }) => {
  const pool = appUrl === undefined ? undefined : new pg.Pool({ connectionString: appUrl, max: 8 });
  const server = createServer((_request, response) => {
    if (pool === undefined) return answer(response, document);
    readWalletWithGrants(pool, tenantId, walletId).then(
      (data) => answer(response, { ...document, data }),
      () => response.writeHead(500, { 'content-length': 0 }).end(),
    );
  });
  server.listen(0, '127.0.0.1', () => process.send({ value: server.address().port }));
});

function answer(response, document) {
  const body = JSON.stringify(document);
  response.writeHead(200, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}
