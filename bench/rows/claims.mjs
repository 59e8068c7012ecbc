// Claims of fresh keys, each one committed and flushed, against one INSERT of the same row.
import { inTurns, throughputLine } from '../report.mjs';
import { ledger, TENANT } from '../services.mjs';

const LANES = 32;

export async function run(bench) {
  const { appUrl, jobUrl } = await ledger(bench);
  const child = bench.fork('measured/claims.mjs', { measured: true });
  const side = (name, seconds) => ({
    run: () => child.ask({ side: name, appUrl, jobUrl, tenantId: TENANT, lanes: LANES, seconds }),
  });
  await inTurns(1, side('ours', 1.5), side('theirs', 1));
  const figures = bench.short
    ? await inTurns(2, side('ours', 1), side('theirs', 1))
    : await inTurns(4, side('ours', 1), side('theirs', 1));
  await child.stop();
  return [
    throughputLine({
      what: `claims of fresh Idempotency-Keys, durable, ${LANES} at once`,
      against: 'one INSERT of the same row by raw pg, tenant set once per session',
      ...figures,
    }),
  ];
}
