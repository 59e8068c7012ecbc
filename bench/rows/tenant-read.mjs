// One tenant-scoped read through `withTenant` and Prisma, against the same read by raw pg in an RLS transaction.
import { inTurns, throughputLine } from '../report.mjs';
import { ledger, TENANT } from '../services.mjs';

export async function run(bench) {
  const { users, walletOf, appUrl, jobUrl } = await ledger(bench);
  const child = bench.fork('measured/tenant-read.mjs', { measured: true });
  const facts = { appUrl, jobUrl, tenantId: TENANT, walletIds: users.map(walletOf) };
  const lines = [];
  for (const lanes of [1, 8]) {
    const side = (name) => (seconds) => ({ run: () => child.ask({ ...facts, side: name, lanes, seconds }) });
    const [ours, theirs] = [side('ours'), side('theirs')];
    await inTurns(1, ours(1), theirs(1));
    const figures = bench.short
      ? await inTurns(2, ours(0.75), theirs(0.75))
      : await inTurns(5, ours(1), theirs(1));
    const what = `one tenant-scoped read through withTenant, ${lanes} at once`;
    lines.push(throughputLine({ what, against: 'raw pg in an RLS transaction', ...figures, least: 0.3 }));
  }
  await child.stop();
  return lines;
}
