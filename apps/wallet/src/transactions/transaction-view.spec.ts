import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { csvLine } from './transaction-view.js';
import type { TransactionView } from './transactions.dto.js';

const view = (description: string | null): TransactionView => ({
  id: '019a2b3c-4d5e-7f60-8a9b-0c1d2e3f4a5b',
  kind: 'capture',
  amount: 25,
  balanceChange: -25,
  availableAfter: 75,
  heldAfter: 0,
  description,
  holdId: null,
  refundOf: null,
  actor: 'studio',
  createdAt: '2026-01-15T09:00:00.000Z',
});

/** The fields of one record by the grammar of RFC 4180. */
function fieldsOf(line: string): string[] {
  const fields: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  for (let end = ''; end !== '\r\n';) {
    const match = field.exec(line);
    if (match === null) throw new Error(`no record: ${line}`);
    fields.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    end = match[3] ?? '';
  }
  if (field.lastIndex !== line.length) throw new Error(`more than a record: ${line}`);
  return fields;
}

const DESCRIPTION = 7;

describe('a line of the export', () => {
  it('is one record of RFC 4180, whatever the text, and gives the text back', () => {
    const awkward = fc.string({ unit: fc.constantFrom('a', '"', ',', '\r', '\n', '=', ' ', '\t', "'", 'é') });
    fc.assert(
      fc.property(fc.oneof(awkward, fc.string()), (text) => {
        const fields = fieldsOf(csvLine(view(text)));
        expect(fields).toHaveLength(11);
        expect([text, `'${text}`]).toContain(fields[DESCRIPTION]);
      }),
    );
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '  =1', '＝1', '＋1', '－1', '＠x'])(
    'a text that begins like a formula is shown, not run: %j',
    (text) => expect(fieldsOf(csvLine(view(text)))[DESCRIPTION]).toBe(`'${text}`),
  );

  it('leaves ordinary texts and numbers as they are', () => {
    expect(csvLine(view('a - b = c'))).toBe(
      '2026-01-15T09:00:00.000Z,019a2b3c-4d5e-7f60-8a9b-0c1d2e3f4a5b,capture,25,-25,75,0,a - b = c,,,studio\r\n',
    );
  });
});
