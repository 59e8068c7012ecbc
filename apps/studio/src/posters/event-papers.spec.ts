import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { calendarOf } from './calendar.js';
import { dateInWords, parseEventDate } from './event-date.js';

const date = (text: string, zone?: string) => {
  const parsed = parseEventDate(text, zone);
  if (parsed === undefined) throw new Error(`no date: ${text}`);
  return parsed;
};
const entry = { uid: '1', stampedAt: new Date('2026-11-27T07:00:00Z'), title: 'Party', venue: 'Pier 7' };
const unfolded = (ics: string): string => ics.replaceAll('\r\n ', '');

describe('dates of events', () => {
  it.each([
    ['2027-06-12', undefined, 'Saturday 12 June 2027', undefined],
    ['2027-06-12T19:30', undefined, 'Saturday 12 June 2027', '19:30'],
    ['2027-06-12T23:30Z', 'Asia/Kolkata', 'Sunday 13 June 2027', '05:00'],
    ['2027-06-12T19:30+02:00', undefined, 'Saturday 12 June 2027', '19:30'],
  ])('%s in %s reads %s', (text, zone, day, time) => {
    const words = dateInWords(date(text, zone), 'en-GB');
    expect([words.date.replace(',', ''), words.time]).toEqual([day, time]);
  });

  it.each(['2027-02-29', '2027-13-01', '2027-06-12T25:00', '12.06.2027', '2027-06-12T19:30+99:00', ''])(
    'refuses %j',
    (text) => {
      expect(parseEventDate(text)).toBeUndefined();
    },
  );

  it('sets the words in the language asked for, in figures that our fonts have', () => {
    expect(dateInWords(date('2027-06-12T19:30'), 'de').date).toBe('Samstag, 12. Juni 2027');
    expect(dateInWords(date('2027-06-12T19:30'), 'ar-EG').time).toMatch(/7:30/);
  });
});

describe('calendar files (RFC 5545)', () => {
  it.each([
    ['2027-06-12T19:30', 'Europe/Berlin', 'DTSTART:20270612T173000Z'],
    ['2027-12-12T19:30', 'Europe/Berlin', 'DTSTART:20271212T183000Z'],
    ['2027-06-12T19:30-04:00', undefined, 'DTSTART:20270612T233000Z'],
    ['2027-06-12T19:30', undefined, 'DTSTART:20270612T193000'],
    ['2027-06-12', undefined, 'DTSTART;VALUE=DATE:20270612'],
  ])('%s in %s starts at %s', (text, zone, line) => {
    expect(calendarOf({ ...entry, start: date(text, zone) }).split('\r\n')).toContain(line);
  });

  it('folds at 75 octets, ends lines with CRLF, and gives every text back', () => {
    const letters = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(letters, letters, (title, description) => {
        const ics = calendarOf({ ...entry, start: date('2027-06-12'), title, description });
        expect(ics.endsWith('END:VCALENDAR\r\n')).toBe(true);
        expect(ics.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
        for (const line of ics.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
        const value = /\nDESCRIPTION:([^\n]*)/u.exec(unfolded(ics).replaceAll('\r\n', '\n'))?.[1] ?? '';
        const clean = description.replace(/(?!\n)\p{Cc}/gu, '');
        expect(value.replace(/\\([\\;,n])/gu, (_all, mark: string) => (mark === 'n' ? '\n' : mark))).toBe(
          clean,
        );
      }),
    );
  });
});
