// What an Idempotency-Key costs a write: the same real route with a fresh key each time and without one, one caller.
import { cpuMs } from '../harness.mjs';
import { median } from '../report.mjs';
import { ledger, TENANT, tokens, walletService } from '../services.mjs';

const LIMIT_MS = 1;
const SLICE_SECONDS = 0.25;
/** Cold code costs several times as much, and more of it runs on the side with a key. */
const WARM_SECONDS = 6;

export async function run(bench) {
  const { users, walletOf } = await ledger(bench);
  const wallet = await walletService(bench);
  const mint = await tokens(bench);
  const headers = { authorization: await mint.bearer({ tenantId: TENANT, roles: ['admin'] }) };
  const atomic = {
    method: 'PUT',
    path: '/wallet/v1/policies/team',
    headers,
    body: { roles: ['organizer', 'admin'] },
    status: 200,
  };
  // Not a top-up: each one adds a grant, so that the answer would grow with the run.
  const operation = {
    method: 'POST',
    path: `/wallet/v1/wallets/${walletOf(users[1])}/unfreeze`,
    headers,
    body: {},
    status: 200,
  };
  return [
    await line(bench, wallet, "a key on a write, kind 'atomic' (PUT policies/team)", atomic),
    await line(bench, wallet, "a key on a write, kind 'operation' (POST unfreeze)", operation),
  ];
}

async function line(bench, wallet, what, write) {
  const slice = (keyed, seconds, connections = 1) =>
    bench
      .load()
      .ask({ port: wallet.port, connections, seconds, scenario: 'write', raw: true, keyed, ...write });
  await slice(true, bench.short ? 3 : WARM_SECONDS, 16);
  await slice(false, 1, 16);
  const sides = { true: { latencies: [], cpu: 0 }, false: { latencies: [], cpu: 0 } };
  for (let round = 0; round < (bench.short ? 6 : 12); round += 1) {
    for (const keyed of round % 2 === 0 ? [true, false] : [false, true]) {
      const before = cpuMs(wallet.pid);
      sides[keyed].latencies.push(...(await slice(keyed, SLICE_SECONDS)).latencies);
      sides[keyed].cpu += cpuMs(wallet.pid) - before;
    }
  }
  const extra = median(sides.true.latencies) - median(sides.false.latencies);
  return {
    what,
    against: 'the same write without a key',
    ours: sideText(sides.true),
    theirs: sideText(sides.false),
    ratio: `${extra < 0 ? '' : '+'}${extra.toFixed(2)} ms`,
    target: `<= +${LIMIT_MS} ms`,
    verdict: extra <= LIMIT_MS ? 'met' : 'missed',
  };
}

function sideText({ latencies, cpu }) {
  return `p50 ${median(latencies).toFixed(2)} ms, ${(cpu / latencies.length).toFixed(2)} ms CPU`;
}
