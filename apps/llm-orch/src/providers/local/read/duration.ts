import { amountValue } from './numbers.js';

/** Longest run that is planned day by day. */
const MAX_DAYS = 30;

export interface DurationReading {
  readonly days?: number;
  readonly vague?: boolean;
  readonly hours?: number;
}

/** How long the event lasts, from text with digits written out. Lead times ("in 3 days") are not durations. */
export function readDuration(text: string): DurationReading {
  const hours = readHours(text);
  const days = readDays(text);
  if (days !== undefined) return { days, ...(hours === undefined ? {} : { hours }) };
  if (hours !== undefined && hours > 14) return { days: Math.ceil(hours / 24) + (hours % 24 === 0 ? 1 : 0) };
  if (/\bmulti-?day\b|\bseveral days\b/i.test(text)) return { vague: true };
  return hours === undefined ? {} : { hours };
}

function readDays(text: string): number | undefined {
  const count =
    /(?<!\b(?:in|within|after|next|every|last|past) )\b(\d{1,2})[- ]?(day|night|week)s?\b(?!\s+(?:from|before|after|later|prior|notice|ahead))(?![- ]old)/i.exec(
      text,
    );
  if (count) {
    const number = Number(count[1]);
    const unit = (count[2] ?? '').toLowerCase();
    return Math.min(
      MAX_DAYS,
      Math.max(1, unit === 'week' ? number * 7 : unit === 'night' ? number + 1 : number),
    );
  }
  if (/\bweek-?long\b|\bfor a week\b/i.test(text)) return 5;
  if (/\b(?:long weekend)\b/i.test(text)) return 3;
  if (
    /\bweekend[- ]long\b|\b(?:whole|entire|full) weekend\b|\b(?:bachelor(?:ette)?|stag|hen|wedding) weekend\b|\bweekend (?:retreat|trip|getaway|festival|offsite|wedding|workshop)\b|\bover (?:a|the) weekend\b/i.test(
      text,
    )
  )
    return 2;
  if (/\bovernight\b/i.test(text)) return 2;
  return undefined;
}

function readHours(text: string): number | undefined {
  const count =
    /\b(\d+(?:\.\d+)?)[- ]?(?:hour|hr)s?\b(?!\s+(?:before|after|later|drive|away|notice|from))/i.exec(text);
  if (count) {
    const hours = amountValue(count[1] ?? '0');
    return hours >= 0.5 && hours <= 96 ? hours : undefined;
  }
  const minutes =
    /\b(\d{2,3})[- ]?(?:minutes?|mins?)\b(?!\s+(?:before|after|later|drive|away|walk|notice|from|early))/i.exec(
      text,
    );
  if (minutes) {
    const length = Number(minutes[1]);
    return length >= 30 && length <= 600 ? length / 60 : undefined;
  }
  if (/\bhalf[- ](?:an? )?day\b/i.test(text)) return 4;
  return undefined;
}
