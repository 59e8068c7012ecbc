// A guarded JSON GET without database work (aibrain's list of modes), and one with a tenant-scoped read (a wallet),
// through the real services, against node:http doing the same by hand.
import { inTurns, throughputLine } from '../report.mjs';
import { ledger, startService, TENANT, tokens, walletService } from '../services.mjs';

const CONNECTIONS = 50;
const TOKENS = 50;
const P99_LIMIT = 3;

export async function run(bench) {
  const { users, walletOf, appUrl } = await ledger(bench);
  const mint = await tokens(bench);
  const headers = await Promise.all(
    users
      .slice(0, TOKENS)
      .map(async (userId) => ({ authorization: await mint.bearer({ tenantId: TENANT, userId }) })),
  );
  const url = 'http://127.0.0.1:9';
  const aibrain = await startService(bench, 'aibrain', {
    LLM_ORCH_INTERNAL_URL: url,
    WALLET_INTERNAL_URL: url,
    STUDIO_INTERNAL_URL: url,
  });
  const plain = await compare(bench, {
    service: aibrain,
    requests: headers.map((each) => ({ path: '/aibrain/v1/modes', headers: each })),
  });
  const wallet = await walletService(bench);
  const read = await compare(bench, {
    service: wallet,
    requests: headers.map((each, n) => ({ path: `/wallet/v1/wallets/${walletOf(users[n])}`, headers: each })),
    floor: { appUrl, tenantId: TENANT, walletId: walletOf(users[0]) },
  });
  return [
    throughputLine({
      what: 'guarded GET /aibrain/v1/modes',
      against: 'bare node:http, same bytes',
      ...plain,
      least: 0.35,
      cpu: true,
    }),
    p99Line(plain),
    throughputLine({
      what: 'guarded GET /wallet/v1/wallets/:id, read under RLS',
      against: 'node:http with the wallet read by raw pg under RLS',
      ...read,
    }),
  ];
}

async function compare(bench, { service, requests, floor = {} }) {
  const sample = await fetch(`http://127.0.0.1:${service.port}${requests[0].path}`, {
    headers: requests[0].headers,
  });
  const document = await sample.json();
  if (sample.status !== 200) throw new Error(`${requests[0].path}: ${JSON.stringify(document)}`);
  const bare = bench.fork('measured/bare-http.mjs', { measured: true });
  const port = await bare.ask({ document, ...floor });
  const side = (pid, at) => (seconds) => ({
    pid,
    run: () => bench.load().ask({ port: at, connections: CONNECTIONS, seconds, scenario: 'get', requests }),
  });
  const ours = side(service.pid, service.port);
  const theirs = side(bare.pid, port);
  await inTurns(1, ours(bench.short ? 2 : 4), theirs(1)); // warm: compiled, tokens verified, connections open
  const figures = bench.short
    ? await inTurns(2, ours(0.75), theirs(0.75))
    : await inTurns(5, ours(1), theirs(1));
  await bare.stop();
  return figures;
}

function p99Line({ ours, theirs }) {
  const ratio = ours.p99 / theirs.p99;
  return {
    what: 'the same: p99',
    against: `bare node:http, ${CONNECTIONS} connections`,
    ours: `${ours.p99.toFixed(1)} ms`,
    theirs: `${theirs.p99.toFixed(1)} ms`,
    ratio: `${ratio.toFixed(2)}x`,
    target: `<= ${P99_LIMIT}x`,
    verdict: ratio <= P99_LIMIT ? 'met' : 'missed',
  };
}
