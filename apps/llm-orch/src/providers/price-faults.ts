import type { ModelPrice } from './price-table.js';

/** $0.001 and $1,000 per million tokens: what lies outside was written per token or per thousand by mistake. */
const LOWEST_RATE = 1_000;
const HIGHEST_RATE = 1_000_000_000;

/** What is wrong with a price table, one line a fault; empty: it may be used. */
export function priceFaults(rows: readonly ModelPrice[]): string[] {
  const names = rows.map(({ provider, model }) => `${provider}/${model}`);
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  return [
    ...twice.map((name) => `${name}: priced twice`),
    ...rows.flatMap((row) => rateFaults(row).map((fault) => `${row.provider}/${row.model}: ${fault}`)),
  ];
}

function rateFaults(row: ModelPrice): string[] {
  const rates = Object.entries(row).filter(([field]) => field.endsWith('MicroUsdPerMTok'));
  const outside = rates.filter(([field, rate]) => !usable(rate) && !writesNothing(field, rate));
  return [
    ...outside.map(([field, rate]) => `${field} is ${String(rate)}`),
    ...(row.cachedInputMicroUsdPerMTok > row.inputMicroUsdPerMTok ? ['cached input dearer than fresh'] : []),
    ...(row.outputMicroUsdPerMTok !== 0 && row.outputMicroUsdPerMTok < row.inputMicroUsdPerMTok
      ? ['output cheaper than input']
      : []),
  ];
}

function usable(rate: unknown): boolean {
  return Number.isInteger(rate) && Number(rate) >= LOWEST_RATE && Number(rate) <= HIGHEST_RATE;
}

function writesNothing(field: string, rate: unknown): boolean {
  return field === 'outputMicroUsdPerMTok' && rate === 0;
}
