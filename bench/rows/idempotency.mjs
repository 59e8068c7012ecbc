// What an Idempotency-Key costs a write: the same real route with a fresh key each time and without one, one caller.
import { median } from '../report.mjs';
import { ledger, TENANT, tokens, walletService } from '../services.mjs';

const LIMIT_MS = 1;
const SLICE_SECONDS = 0.25;

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
  const topUp = { amount: 1, reason: 'bench' };
  const operation = {
    method: 'POST',
    path: `/wallet/v1/wallets/${walletOf(users[1])}/top-ups`,
    headers,
    body: topUp,
    status: 201,
  };
  return [
    await line(bench, wallet, "a key on a write, kind 'atomic' (PUT policies/team)", atomic),
    await line(bench, wallet, "a key on a write, kind 'operation' (POST top-ups)", operation),
  ];
}

async function line(bench, wallet, what, write) {
  const slice = (keyed, seconds) =>
    bench
      .load()
      .ask({ port: wallet.port, connections: 1, seconds, scenario: 'write', raw: true, keyed, ...write });
  await slice(true, 1);
  await slice(false, 1);
  const taken = { true: [], false: [] };
  for (let round = 0; round < (bench.short ? 6 : 24); round += 1) {
    for (const keyed of round % 2 === 0 ? [true, false] : [false, true])
      taken[keyed].push(...(await slice(keyed, SLICE_SECONDS)).latencies);
  }
  const [ours, theirs] = [median(taken.true), median(taken.false)];
  return {
    what,
    against: 'the same write without a key',
    ours: `p50 ${ours.toFixed(2)} ms`,
    theirs: `p50 ${theirs.toFixed(2)} ms`,
    ratio: `+${(ours - theirs).toFixed(2)} ms`,
    target: `<= +${LIMIT_MS} ms`,
    verdict: ours - theirs <= LIMIT_MS ? 'met' : 'missed',
  };
}
