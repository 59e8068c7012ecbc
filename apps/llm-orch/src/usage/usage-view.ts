import type { SummaryRow, UsageRow } from './usage-reports.repository.js';
import type { UsageSummaryRow, UsageView } from './usage.dto.js';

const MICROS_PER_USD = 1_000_000;

export function usageView(row: UsageRow): UsageView {
  const { id, userId, operationId, parentOperationId, provider, model, useCase, usageSource, priceVersion } =
    row;
  const { inputTokens, outputTokens, cachedTokens, creditsCharged, finishReason, latencyMs } = row;
  return {
    id,
    userId,
    operationId,
    parentOperationId,
    provider,
    model,
    useCase,
    inputTokens,
    outputTokens,
    cachedTokens,
    usageSource,
    costUsd: Number(row.costMicroUsd) / MICROS_PER_USD,
    priceVersion,
    creditsCharged,
    finishReason,
    latencyMs,
    attempts: row.attempts,
    streamed: row.streamed,
    cached: row.cached,
    createdAt: row.createdAt.toISOString(),
  };
}

export function summaryRow(row: SummaryRow): UsageSummaryRow {
  return {
    group: row.group,
    calls: row.calls,
    inputTokens: Number(row.input_tokens),
    outputTokens: Number(row.output_tokens),
    cachedTokens: Number(row.cached_tokens),
    costUsd: Number(row.cost_micro_usd) / MICROS_PER_USD,
    credits: Number(row.credits),
  };
}

/** A CSV file with a head line; cells that a spreadsheet would run as a formula are made text. */
export function csvOf(rows: readonly object[]): string {
  const [first] = rows;
  if (first === undefined) return '';
  const lines = rows.map((row) => Object.values(row).map(cell).join(','));
  return [Object.keys(first).join(','), ...lines, ''].join('\r\n');
}

function cell(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = typeof value === 'string' ? value : '';
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
