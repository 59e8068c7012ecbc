import type { TransactionKind, TransactionView } from './transactions.dto.js';
import type { TransferRow } from './transactions.repository.js';

const SIGN: Readonly<Record<TransactionKind, -1 | 0 | 1>> = {
  grant: 1,
  top_up: 1,
  refund: 1,
  hold: 0,
  release: 0,
  hold_expiry: 0,
  capture: -1,
  late_capture: -1,
  grant_expiry: -1,
};

/** A transfer as callers see it. */
export function transactionView(row: TransferRow): TransactionView {
  const kind = row.kind as TransactionKind;
  const amount = Number(row.amount);
  return {
    id: row.id,
    kind,
    amount,
    balanceChange: SIGN[kind] * amount,
    availableAfter: Number(row.availableAfter),
    heldAfter: Number(row.heldAfter),
    description: row.description,
    holdId: row.holdId,
    refundOf: row.refundOf,
    actor: row.actor,
    createdAt: row.createdAt.toISOString(),
  };
}

const COLUMNS = [
  'createdAt', 'id', 'kind', 'amount', 'balanceChange', 'availableAfter', 'heldAfter', 'description', 'holdId', 'refundOf', 'actor',
] as const satisfies readonly (keyof TransactionView)[]; // prettier-ignore

export const CSV_HEADER = `${COLUMNS.join(',')}\r\n`;

/** One line of the export (RFC 4180). */
export function csvLine(view: TransactionView): string {
  return `${COLUMNS.map((column) => csvCell(view[column])).join(',')}\r\n`;
}

function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  // A spreadsheet would run a text that begins like a formula, after blanks and in full width too.
  const safe = /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/u.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
