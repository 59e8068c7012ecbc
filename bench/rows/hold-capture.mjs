// Hold + capture through the wallet's private routes on many wallets and on one, against the same two statements by raw pg.
import { inTurns, throughputLine } from '../report.mjs';
import { ledger, serviceHeaders, TENANT, walletService } from '../services.mjs';

const LANES = 32;

export async function run(bench) {
  const { users, appUrl } = await ledger(bench);
  const wallet = await walletService(bench);
  const raw = bench.fork('measured/ledger.mjs', { measured: true });
  const http = {
    port: wallet.internalPort,
    connections: LANES,
    scenario: 'holdAndCapture',
    headers: serviceHeaders('studio'),
    tenantId: TENANT,
  };
  const line = async ({ what, payers, turns, least }) => {
    const ours = (seconds) => ({
      pid: wallet.pid,
      run: async () => pairs(await bench.load().ask({ ...http, users: payers, seconds })),
    });
    const theirs = (seconds) => ({
      run: () =>
        raw.ask({ work: 'holdAndCapture', appUrl, tenantId: TENANT, users: payers, lanes: LANES, seconds }),
    });
    await inTurns(1, ours(1.5), theirs(1));
    const figures = bench.short
      ? await inTurns(2, ours(1), theirs(1))
      : await inTurns(turns, ours(1.5), theirs(1.5));
    return throughputLine({ what, against: 'the same SQL by raw pg', ...figures, least });
  };
  const lines = [
    await line({ what: 'hold + capture through HTTP, many wallets', payers: users, turns: 5, least: 0.3 }),
    await line({ what: 'hold + capture through HTTP, one hot wallet', payers: users.slice(0, 1), turns: 3 }),
  ];
  await raw.stop();
  return lines;
}

function pairs(slice) {
  return { ...slice, calls: slice.calls / 2 };
}
