// What the guard pays for a token: seen before and new, against jose alone on the same tokens. Reported only.
import { inTurns, throughputLine } from '../report.mjs';

export async function run(bench) {
  const child = bench.fork('measured/tokens.mjs', { measured: true });
  const side = (name, seconds) => ({ run: () => child.ask({ side: name, seconds }) });
  const lines = [];
  for (const [name, what] of [
    ['known', 'an access token that was verified before, every check of a hit'],
    ['fresh', 'an access token never seen before: form, signature, claims, revocation'],
  ]) {
    await inTurns(1, side(name, 1), side('jose', 1));
    const figures = bench.short
      ? await inTurns(2, side(name, 0.5), side('jose', 0.5))
      : await inTurns(4, side(name, 0.75), side('jose', 0.75));
    lines.push(throughputLine({ what, against: 'jose.jwtVerify alone, RS256', ...figures }));
  }
  await child.stop();
  return lines;
}
