/** What a quantity is counted in. `guest` is a guest for a day, `head` a guest for the whole event; `guestHour` and `crewHour` grow with the hours, `guestNight` with the nights. */
export type CostUnit =
  'guest' | 'head' | 'guestHour' | 'guestNight' | 'day' | 'hour' | 'table' | 'crewHour' | 'event';

export interface UnitCost {
  readonly category: RegExp;
  readonly unit: CostUnit;
  /** Whole USD per unit at the price level of the United States. */
  readonly usd: number;
  /** What goes first when money is short: 3 before 2; 1 is what the event cannot be without. */
  readonly rank: 1 | 2 | 3;
}

function cost(category: string, unit: CostUnit, usd: number, rank: UnitCost['rank']): UnitCost {
  return { category: new RegExp(category, 'i'), unit, usd, rank };
}

/** Round planning figures written down for this project: neither offers nor market data. The first fitting row counts. */
export const UNIT_COSTS: readonly UnitCost[] = [
  cost('accommodation', 'guestNight', 90, 1),
  cost('cater|food|meal|dinner|brunch|lunch|buffet|\\btea\\b', 'guest', 32, 1),
  cost('bar|wine|drinks package|drinks$', 'guestHour', 4, 2),
  cost('attire|styling|hair', 'event', 1_800, 3),
  cost('photo|film|video', 'hour', 110, 3),
  cost('music|entertain|artist|performer|host|act|band|dj', 'hour', 220, 3),
  cost('decor|flower|bunting|branding', 'table', 55, 3),
  cost('security|steward|staff|crew|medical|first aid|safety|timing|official', 'crewHour', 28, 1),
  cost('stage|sound|light|technical|audio|equipment|network|production|platform|streaming', 'day', 1_100, 2),
  cost('speaker|trainer|facilitator|jury|mentor|programme', 'day', 1_300, 2),
  cost('venue|room|hall|site|ground|course|place', 'guest', 14, 1),
  cost('transport|travel|shuttle|parking', 'guest', 9, 2),
  cost('cake', 'head', 4, 3),
  cost('prize|gift|favour|kit|material|bag', 'head', 5, 3),
  cost('game|activit|attraction', 'guest', 15, 2),
  cost('licen|permit|insurance|cleaning|waste', 'event', 400, 1),
  cost('print|invitation|stationery|marketing|press|website|sign|badge', 'head', 3, 2),
  cost('', 'guest', 8, 2),
];

/** Price level against the United States by currency, in round figures; 1 where none is given. */
export const PRICE_LEVELS: Readonly<Record<string, number>> = {
  INR: 0.35,
  PKR: 0.3,
  BDT: 0.3,
  LKR: 0.35,
  NPR: 0.3,
  IDR: 0.4,
  VND: 0.4,
  PHP: 0.4,
  THB: 0.5,
  MYR: 0.5,
  CNY: 0.6,
  EGP: 0.3,
  NGN: 0.35,
  KES: 0.4,
  GHS: 0.4,
  ZAR: 0.5,
  BRL: 0.5,
  MXN: 0.55,
  TRY: 0.5,
  PLN: 0.6,
  CZK: 0.65,
  CHF: 1.5,
  NOK: 1.3,
  DKK: 1.25,
  SEK: 1.1,
  GBP: 1.1,
};
