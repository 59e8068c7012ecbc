import type { EventDate } from '../brief.js';

const CONDITION =
  /(?<![\p{L}])no\s+[^.;,!?\n]{2,40}\b(?:after|before|past|until)\s+\d[\d:.]{0,4}\s?(?:[ap]\.?m\b\.?)?/giu;

/** "No loud music after 10pm" binds the run of show without ruling music out. */
export function conditionNotes(text: string): string[] {
  return [...text.matchAll(CONDITION)].slice(0, 3).map(([said]) => `Condition to be kept: ${said.trim()}.`);
}

/** What was taken for granted about the date. */
export function dateNotes(date: EventDate | undefined, now: Date): string[] {
  if (!date) return [];
  const notes: string[] = [];
  if ((date.endIso ?? date.iso) < now.toISOString().slice(0, 10) && date.precision === 'day')
    notes.push(`The date ${date.iso} has already passed; please check the year.`);
  if (/\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b/.test(date.saidAs))
    notes.push(`"${date.saidAs}" was read as ${date.iso}; say so if day and month are the other way round.`);
  return notes;
}
