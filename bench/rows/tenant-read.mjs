// One tenant-scoped read through `withTenant` and Prisma, against the same read by raw pg in an RLS transaction.
import { inTurns, throughputLine } from '../report.mjs';
import { ledger, TENANT } from '../services.mjs';

/** The typed client is compiled only after thousands of calls; a service has made them within its first minute. */
const WARM_SECONDS = 6;

export async function run(bench) {
  const { users, walletOf, appUrl, jobUrl } = await ledger(bench);
  const child = bench.fork('measured/tenant-read.mjs', { measured: true });
  const facts = { appUrl, jobUrl, tenantId: TENANT, walletIds: users.map(walletOf) };
  const lines = [];
  const side = (name, lanes) => (seconds) => ({
    run: () => child.ask({ ...facts, side: name, lanes, seconds }),
  });
  await inTurns(1, side('ours', 8)(WARM_SECONDS), side('theirs', 8)(1));
  for (const lanes of [8, 1]) {
    const [ours, theirs] = [side('ours', lanes), side('theirs', lanes)];
    const figures = bench.short
      ? await inTurns(2, ours(0.75), theirs(0.75))
      : await inTurns(5, ours(1), theirs(1));
    const what = `one tenant-scoped read through withTenant, ${lanes} at once`;
    lines.push(throughputLine({ what, against: 'raw pg in an RLS transaction', ...figures, least: 0.3 }));
  }
  await child.stop();
  return lines;
}
