// Many reserves on one wallet at the SQL layer: coalesced by the service's batcher, against one statement each.
import { inTurns, throughputLine } from '../report.mjs';
import { ledger, TENANT } from '../services.mjs';

const LANES = 200;

export async function run(bench) {
  const { users, appUrl } = await ledger(bench);
  const raw = bench.fork('measured/ledger.mjs', { measured: true });
  const side = (work) => (seconds) => ({
    run: () => raw.ask({ work, appUrl, tenantId: TENANT, users: users.slice(-1), lanes: LANES, seconds }),
  });
  const [ours, theirs] = [side('hotCoalesced'), side('hotSingly')];
  await inTurns(1, ours(0.5), theirs(0.5));
  const figures = bench.short ? await inTurns(2, ours(1), theirs(1)) : await inTurns(4, ours(1), theirs(1));
  await raw.stop();
  return [
    throughputLine({
      what: 'reserves on one hot wallet, coalesced, SQL layer',
      against: 'one statement per reserve',
      ...figures,
      least: 5,
    }),
  ];
}
