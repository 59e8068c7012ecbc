/** Splits a whole amount by percentages that sum up to 100: the parts are whole and sum up to the amount exactly. */
export function split(amount: number, percents: readonly number[]): number[] {
  const exact = percents.map((percent) => (amount * percent) / 100);
  const parts = exact.map(Math.floor);
  const missing = amount - parts.reduce((sum, part) => sum + part, 0);
  const byRest = exact
    .map((value, index) => ({ index, rest: value - Math.floor(value) }))
    .sort((a, b) => b.rest - a.rest || a.index - b.index);
  for (const { index } of byRest.slice(0, missing)) parts[index] = (parts[index] ?? 0) + 1;
  return parts;
}
