/** When a subscription's periods begin, as it was agreed on. */
export interface Anchor {
  /** The agreed local date and time, written as if it were UTC. */
  readonly localMs: number;
  /** IANA name, never an offset: offsets change with the seasons and with the law. */
  readonly zone: string;
  readonly unit: 'month' | 'year';
  readonly count: number;
}

/**
 * The instant at which period `index` begins and the one before it ends: the anchor plus that many intervals, clamped to the last
 * day of the month. Never derived from the boundary before, so that 31 January comes back as 31 March.
 */
export function boundary(anchor: Anchor, index: number): Date {
  const months = index * anchor.count * (anchor.unit === 'year' ? 12 : 1);
  return zonedInstant(plusMonths(anchor.localMs, months), anchor.zone);
}

/** Local time plus months; a day that the month does not have becomes its last one. */
export function plusMonths(localMs: number, months: number): number {
  const from = new Date(localMs);
  const year = from.getUTCFullYear();
  const month = from.getUTCMonth() + months;
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const day = Math.min(from.getUTCDate(), lastDay);
  return Date.UTC(year, month, day) + (localMs - Date.UTC(year, from.getUTCMonth(), from.getUTCDate()));
}

const DAY_MS = 86_400_000;

/**
 * The instant of a local time. In an hour that the clocks skip it moves forward by what they skip; in one that they repeat it is
 * the earlier of the two.
 */
export function zonedInstant(localMs: number, zone: string): Date {
  if (zone === 'UTC') return new Date(localMs);
  const before = offsetMs(localMs - DAY_MS, zone);
  const after = offsetMs(localMs + DAY_MS, zone);
  const candidates = [localMs - before, localMs - after];
  const real = candidates.filter((instant) => instant + offsetMs(instant, zone) === localMs);
  return new Date(real.length === 0 ? localMs - before : Math.min(...real));
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** How far local time is ahead of UTC at an instant. */
function offsetMs(instant: number, zone: string): number {
  const [month, day, year, hour, minute, second] = formatOf(zone).format(instant).split(/\D+/).map(Number);
  const local = Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second);
  return local - Math.floor(instant / 1000) * 1000;
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const numeric = 'numeric';
  const parts = {
    year: numeric,
    month: numeric,
    day: numeric,
    hour: numeric,
    minute: numeric,
    second: numeric,
  } as const;
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', ...parts });
  formats.set(zone, format);
  return format;
}
