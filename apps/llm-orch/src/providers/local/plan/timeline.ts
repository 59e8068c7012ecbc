import type { Brief } from '../brief.js';
import type { Family } from '../data/family.js';
import { SURPRISE } from '../data/families-social.js';
import { addDays } from '../read/dates.js';
import type { PlanDay, PlanSlot } from './plan.js';
import { formatDate, worded } from './wording.js';

/** Days in the middle are written once ("Days 2 to 4") beyond this many days. */
const DAYS_IN_FULL = 4;
const QUARTER = 5;

/** The run of show, day by day, at hours that fit the event or that the caller gave. */
export function planDays(family: Family, brief: Brief): PlanDay[] {
  if (brief.days === 1 || !family.firstDay || !family.lastDay) return repeatedDays(family, brief);
  const middle = family.middleDay ?? family.day;
  const count = brief.days;
  const start = brief.startMinute ?? family.start;
  const first = {
    label: dayLabel(brief, 1),
    slots: clocked(family.firstDay, firstStart(family, start), brief),
  };
  const last = {
    label: dayLabel(brief, count),
    slots: clocked(family.lastDay, Math.min(start, family.start), brief),
  };
  return [first, ...middleDays(middle, family, brief), last];
}

function firstStart(family: Family, start: number): number {
  return family.firstDay === undefined ? family.start : start;
}

function middleDays(lines: readonly string[], family: Family, brief: Brief): PlanDay[] {
  const slots = clocked(lines, family.start, brief);
  if (brief.days <= DAYS_IN_FULL) {
    return Array.from({ length: brief.days - 2 }, (_none, index) => ({
      label: dayLabel(brief, index + 2),
      slots,
    }));
  }
  return [{ label: `Days 2 to ${brief.days - 1} (each)`, slots }];
}

function repeatedDays(family: Family, brief: Brief): PlanDay[] {
  const virtual = brief.setting === 'virtual' ? virtualDay(family) : withSurprise(family.day, brief);
  const slots = clocked(virtual, brief.startMinute ?? family.start, brief);
  if (brief.days === 1) return [{ label: dayLabel(brief, 1), slots }];
  return [{ label: `Each of the ${brief.days} days`, slots }];
}

function dayLabel(brief: Brief, day: number): string {
  const date = brief.date?.precision === 'day' ? formatDate(addDays(brief.date.iso, day - 1)) : undefined;
  if (brief.days === 1) return date ?? '';
  return date === undefined ? `Day ${day}` : `Day ${day} (${date})`;
}

function virtualDay(family: Family): readonly string[] {
  const social = family.tone !== 'business';
  return [
    '15* Doors open online, sound check, welcome slide',
    '10* Welcome and house rules',
    `30* ${social ? 'Main programme, part 1' : 'First talk or demonstration'}`,
    '20* Break-out rooms in groups of four to six',
    '10 Break',
    `30* ${social ? 'Main programme, part 2' : 'Second talk with questions'}`,
    '15* Wrap-up, thanks and next step',
    '20 Open conversation for those who like to stay',
  ];
}

function withSurprise(lines: readonly string[], brief: Brief): readonly string[] {
  if (!isSurprise(brief)) return lines;
  const [setUp = '', , , ...rest] = lines;
  return [setUp, ...SURPRISE.slots, ...rest];
}

export function isSurprise(brief: Brief): boolean {
  return brief.type.family === 'party' && /\bsurprise\b/i.test(brief.text);
}

interface Line {
  readonly minutes: number;
  readonly core: boolean;
  readonly what: string;
}

/** Work before the guests come and after they have gone: it stands outside the hours that the caller gave. */
const BEFORE_GUESTS =
  /^(?:Set-up|Couple and family get ready|Final inspection|Safety walk|Load-in|Sound check|Course (?:or pitch )?check|Family and helpers arrive|Exhibitor access|Clean-up check)/;
const AFTER_GUESTS = /^(?:Dismantling|Sweep|Course sweep)/;

function clocked(lines: readonly string[], start: number, brief: Brief): PlanSlot[] {
  const kept = lines.flatMap((line) => lineOf(line, brief));
  const opening = kept.findIndex(({ what }) => !BEFORE_GUESTS.test(what));
  const before = kept.slice(0, Math.max(0, opening));
  const after = kept.slice(before.length).filter(({ what }) => AFTER_GUESTS.test(what));
  const shown = scaled(
    kept.slice(before.length).filter((line) => !after.includes(line)),
    brief,
    start + (brief.startMinute === undefined ? total(before) : 0),
  );
  const doors = doorsAt(brief, total(before), total(shown), start);
  let clock = doors - total(before);
  return [...before, ...shown, ...after].map(({ minutes, core, what }) => {
    const slot = { start: clock, end: clock + minutes, what, core };
    clock += minutes;
    return slot;
  });
}

/** The stated start is the guests'; an end alone is counted back from when the usual hours would pass it. */
function doorsAt(brief: Brief, setUp: number, length: number, start: number): number {
  if (brief.startMinute !== undefined || brief.days > 1) {
    return brief.startMinute === start ? start : start + setUp;
  }
  const usual = start + setUp;
  const { endMinute } = brief;
  return endMinute !== undefined && usual + length > endMinute && endMinute - length >= EARLIEST
    ? endMinute - length
    : usual;
}
const EARLIEST = 6 * 60;

function lineOf(line: string, brief: Brief): Line[] {
  const match = /^(\d+)(\*?) (.+)$/.exec(line);
  const what = worded(match?.[3] ?? '', brief);
  return what === undefined ? [] : [{ minutes: Number(match?.[1]), core: match?.[2] === '*', what }];
}

/** Fits the slots into the hours the caller gave or left until the stated end; short events keep the core only. */
function scaled(lines: readonly Line[], brief: Brief, doors: number): readonly Line[] {
  const { days, endMinute, startMinute } = brief;
  const left = endMinute === undefined || startMinute === undefined ? undefined : (endMinute - doors) / 60;
  const hours = brief.hours ?? (left !== undefined && left > 0 && left < 14 ? left : undefined);
  if (hours === undefined || days > 1) return lines;
  const wanted = Math.round(hours * 60);
  const kept = wanted < total(lines) * 0.6 ? lines.filter(({ core }) => core) : lines;
  const factor = wanted / total(kept);
  const rounded = kept.map((line) => ({
    ...line,
    minutes: Math.max(QUARTER, Math.round((line.minutes * factor) / QUARTER) * QUARTER),
  }));
  const longest = rounded.reduce(
    (best, { minutes }, index) => (minutes > (rounded[best]?.minutes ?? 0) ? index : best),
    0,
  );
  const rest = wanted - total(rounded);
  return rounded.map((line, index) =>
    index === longest ? { ...line, minutes: Math.max(QUARTER, line.minutes + rest) } : line,
  );
}

function total(lines: readonly Line[]): number {
  return lines.reduce((sum, { minutes }) => sum + minutes, 0);
}
