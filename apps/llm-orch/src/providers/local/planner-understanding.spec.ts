import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LocalTextProvider } from './local-text-provider.js';

const NOW = new Date('2026-11-27T09:00:00Z');
const provider = new LocalTextProvider({ now: () => NOW });
const MODELS = ['local-planner-1', 'local-allocator-1', 'local-checklist-1'] as const;

interface Slots {
  readonly eventType: string;
  readonly guests: number;
  readonly budget: { readonly amountMinor: number; readonly currency: string };
  readonly place: string;
  readonly date: { readonly start: string };
  readonly setting: string | null;
  readonly needs: readonly string[];
  readonly excluded: readonly string[];
}
interface JsonPlan {
  readonly title: string;
  readonly understood: readonly string[];
  readonly staff: readonly string[];
  readonly budget: {
    readonly totalMinor: number;
    readonly currency: string;
    readonly rows: readonly {
      readonly amountMinor: number;
      readonly sharePercent: number;
      readonly covers: string;
    }[];
  };
  readonly days: readonly {
    readonly label: string;
    readonly slots: readonly { readonly start: string; readonly end: string; readonly what: string }[];
  }[];
  readonly checklist: readonly { readonly when: string; readonly what: string }[];
}

/** Phrases are put together from parts, so that no prompt is written down anywhere. */
const TYPES = [
  ['wedding', 'wedding'],
  ['birthday party', 'birthday'],
  ['tech conference', 'conference'],
  ['charity gala', 'fundraiser'],
  ['team-building day', 'team-building'],
  ['product launch', 'product-launch'],
  ['hackathon', 'hackathon'],
  ['corporate dinner', 'business-meal'],
  ['workshop', 'workshop'],
  ['concert', 'concert'],
  ['picnic', 'picnic'],
  ['trade show', 'trade-show'],
] as const;
const CITIES = [
  'Mumbai',
  'Lisbon',
  'Berlin',
  'Nairobi',
  'Chicago',
  'Tokyo',
  'Denver',
  'Dubai',
  'Oslo',
  'Toronto',
] as const;
const PEOPLE = ['guests', 'people', 'attendees', 'participants', 'pax'] as const;

interface Written {
  readonly said: string;
  readonly minor: number;
  readonly code: string;
}

const money = fc
  .record({ major: fc.integer({ min: 2, max: 900 }), shape: fc.integer({ min: 0, max: 9 }) })
  .map(({ major, shape }): Written => {
    const thousands = `${major},000`;
    const shapes: readonly Written[] = [
      { said: `$${major}k`, minor: major * 100_000, code: 'USD' },
      { said: `${major}k EUR`, minor: major * 100_000, code: 'EUR' },
      { said: `£${thousands}`, minor: major * 100_000, code: 'GBP' },
      { said: `${major}.000 €`, minor: major * 100_000, code: 'EUR' },
      { said: `Rs ${major} lakh`, minor: major * 10_000_000, code: 'INR' },
      { said: `${major} crore rupees`, minor: major * 1_000_000_000, code: 'INR' },
      { said: `¥${thousands}`, minor: major * 1_000, code: 'JPY' },
      { said: `CHF ${major}'000`, minor: major * 100_000, code: 'CHF' },
      { said: `${thousands} Swedish kronor`, minor: major * 100_000, code: 'SEK' },
      { said: `KWD ${thousands}`, minor: major * 1_000_000, code: 'KWD' },
    ];
    return shapes[shape] ?? { said: '$2k', minor: 200_000, code: 'USD' };
  });

const day = fc
  .record({ days: fc.integer({ min: 30, max: 900 }), shape: fc.integer({ min: 0, max: 2 }) })
  .map(({ days, shape }) => {
    const date = new Date(NOW.getTime() + days * 86_400_000);
    const iso = date.toISOString().slice(0, 10);
    const written = (options: Intl.DateTimeFormatOptions, locale: string) =>
      date.toLocaleDateString(locale, { timeZone: 'UTC', ...options });
    const shapes = [
      written({ day: 'numeric', month: 'long', year: 'numeric' }, 'en-GB'),
      written({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }, 'en-US'),
      iso,
    ];
    return { iso, said: shapes[shape] ?? iso };
  });

const CONSTRAINTS = [
  { said: 'no alcohol', field: 'excluded', value: 'alcohol', shown: /alcohol/ },
  { said: 'without a DJ', field: 'excluded', value: 'DJ', shown: /DJ/ },
  { said: 'no fireworks', field: 'excluded', value: 'fireworks', shown: /fireworks/ },
  { said: 'vegetarian only', field: 'needs', value: 'vegetarian food', shown: /[Vv]egetarian/ },
  { said: 'halal food', field: 'needs', value: 'halal food', shown: /[Hh]alal/ },
  { said: 'wheelchair accessible', field: 'needs', value: 'wheelchair access', shown: /step-free/ },
  { said: 'no nuts', field: 'needs', value: 'nut-free food', shown: /[Nn]ut-free/ },
  { said: 'not outdoors', field: 'setting', value: 'indoor', shown: /Setting: indoor/ },
  { said: 'hybrid', field: 'setting', value: 'hybrid', shown: /[Rr]emote guests/ },
] as const;

const drawn = fc
  .record({
    type: fc.constantFrom(...TYPES),
    city: fc.constantFrom(...CITIES),
    guests: fc.integer({ min: 8, max: 1_800 }),
    crowd: fc.constantFrom(...PEOPLE),
    money,
    date: day,
    constraint: fc.constantFrom(...CONSTRAINTS),
    phrasing: fc.integer({ min: 0, max: 4 }),
  })
  .map((parts) => {
    const { type, city, guests, crowd, date, constraint, phrasing } = parts;
    const [name] = type;
    const budget = parts.money.said;
    const phrasings = [
      `Plan a ${name} for ${guests} ${crowd} in ${city} on ${date.said}, budget ${budget}, ${constraint.said}`,
      `We are ${guests} ${crowd} and want a ${name} on ${date.said}. ${city}. Total budget: ${budget}. ${constraint.said}, please.`,
      `Budget is ${budget}. Organise a ${name} in ${city} for ${guests} ${crowd}; date ${date.said}; ${constraint.said}`,
      `Could you design a ${name}?\nContext: Location: ${city}, Guests: ${guests}, Date: ${date.said}, Budget: ${budget}, ${constraint.said}`,
      `${constraint.said}! A ${name}, ${city}, ${date.said}, ${guests} ${crowd}, we can spend ${budget}`,
    ];
    return { ...parts, prompt: phrasings[phrasing] ?? '' };
  });

async function ask(
  prompt: string,
  model: string,
  responseFormat: 'text' | 'json',
  useCase?: 'extraction' | 'planning',
) {
  return provider.complete(
    {
      messages: [{ role: 'user', content: prompt }],
      model,
      maxTokens: 6_000,
      responseFormat,
      ...(useCase === undefined ? {} : { useCase }),
      idempotencyKey: 'k',
    },
    new AbortController().signal,
  );
}

function minutes(clock: string): number {
  const [hour = '0', minute = '0'] = clock.split(':');
  return Number(hour) * 60 + Number(minute);
}

describe('what the planners understand of a drawn enquiry', () => {
  it('are the facts that were drawn', async () => {
    await fc.assert(
      fc.asyncProperty(drawn, async ({ prompt, type, city, guests, money: sum, date, constraint }) => {
        const { text } = await ask(prompt, 'local-planner-1', 'json', 'extraction');
        const slots = JSON.parse(text) as Slots;
        expect(slots).toMatchObject({
          eventType: type[1],
          guests,
          place: city,
          budget: { amountMinor: sum.minor, currency: sum.code },
          date: { start: date.iso },
        });
        if (constraint.field === 'setting') expect(slots.setting).toBe(constraint.value);
        else expect(slots[constraint.field]).toContain(constraint.value);
      }),
      { numRuns: 250 },
    );
  }, 120_000);

  it.each(MODELS)(
    '%s: rows add up, days follow the date, and the constraint is in the plan',
    async (model) => {
      await fc.assert(
        fc.asyncProperty(drawn, async ({ prompt, guests, money: sum, date, constraint }) => {
          const { text, finishReason } = await ask(prompt, model, 'text', 'planning');
          expect(finishReason).toBe('stop');
          expect(text).not.toMatch(/undefined|NaN|\{\w+\}|\s\/\/\s|\[object|Infinity/);
          expect(text).toMatch(constraint.shown);
          expect(text).toContain(guests.toLocaleString('en-US'));
          const plan = JSON.parse((await ask(prompt, model, 'json', 'planning')).text) as JsonPlan;
          const { rows, totalMinor, currency } = plan.budget;
          expect({ totalMinor, currency }).toEqual({ totalMinor: sum.minor, currency: sum.code });
          expect(rows.reduce((all, { amountMinor }) => all + amountMinor, 0)).toBe(sum.minor);
          expect(rows.reduce((all, { sharePercent }) => all + sharePercent, 0)).toBe(100);
          expect(rows.every(({ amountMinor }) => Number.isSafeInteger(amountMinor) && amountMinor > 0)).toBe(
            true,
          );
          const shown = new Date(`${date.iso}T00:00:00Z`).toLocaleDateString('en-GB', {
            weekday: 'long',
            day: 'numeric',
            month: 'long',
            year: 'numeric',
            timeZone: 'UTC',
          });
          expect(plan.days[0]?.label).toContain(shown);
          for (const { slots } of plan.days) {
            slots.slice(1).forEach(({ start }, index) => expect(start).toBe(slots[index]?.end));
          }
        }),
        { numRuns: 60 },
      );
    },
    120_000,
  );

  it('keep the stated hours: guests come at the start and leave at the end', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...TYPES.filter(([, id]) => !['hackathon', 'trade-show'].includes(id))),
        fc.integer({ min: 8, max: 18 }),
        fc.integer({ min: 2, max: 5 }),
        fc.constantFrom(...MODELS),
        async ([name], start, hours, model) => {
          const prompt = `Plan a ${name} for 60 people from ${start}:00 to ${start + hours}:00 in Berlin`;
          const plan = JSON.parse((await ask(prompt, model, 'json', 'planning')).text) as JsonPlan;
          const slots = plan.days[0]?.slots ?? [];
          expect(slots.map((slot) => minutes(slot.start))).toContain(start * 60);
          expect(slots.map((slot) => minutes(slot.end))).toContain((start + hours) * 60);
        },
      ),
      { numRuns: 60 },
    );
  }, 60_000);

  it('count staff by heads', async () => {
    const staff = async (guests: number) => {
      const { text } = await ask(`Plan a gala for ${guests} guests`, 'local-planner-1', 'json', 'planning');
      return (JSON.parse(text) as JsonPlan).staff.reduce(
        (sum, line) => sum + Number(/\d+$/.exec(line)?.[0] ?? 0),
        0,
      );
    };
    expect(await staff(600)).toBeGreaterThan(3 * (await staff(60)));
  });
});

describe('the three planners', () => {
  const prompt = 'Plan a wedding for 120 guests in Lisbon on 12 June 2027, budget 40k EUR';
  const plans = () =>
    Promise.all(
      MODELS.map(
        async (model) => JSON.parse((await ask(prompt, model, 'json', 'planning')).text) as JsonPlan,
      ),
    );

  it('are listed with the everyday one first, each saying how it works', () => {
    expect(provider.models().map(({ id }) => id)).toEqual([...MODELS]);
    expect(new Set(provider.models().map(({ description }) => description)).size).toBe(3);
    expect(provider.models().every(({ description }) => description?.includes('no language model'))).toBe(
      true,
    );
  });

  it('differ in method, not in wording: amounts, reasons, dates', async () => {
    const [shares, units, back] = await plans();
    expect(units?.budget.rows.map(({ amountMinor }) => amountMinor)).not.toEqual(
      shares?.budget.rows.map(({ amountMinor }) => amountMinor),
    );
    expect(units?.budget.rows[0]?.covers).toMatch(/^120 guests at €/);
    expect(back?.budget.rows[0]?.covers).toMatch(/by \d+ \w+ \d{4}, .* by \d+ \w+ \d{4}$/);
    expect(back?.checklist[0]?.when).toMatch(/^\d+ \w+ \d{4} to \d+ \w+ \d{4}$/);
  });

  it('allocator: cuts what is optional first, and says what the list would cost', async () => {
    const { text, limits } = await ask(
      'Plan a birthday party for 80 guests in Chicago, budget $6,500',
      'local-allocator-1',
      'text',
    );
    expect(text).toMatch(/Music and entertainment \| [^|]*cut to fit/);
    expect(text).toMatch(/more than may be spent: optional rows were cut first/);
    expect(limits.join()).toContain('neither offers nor market data');
  });

  it('checklist: shortens every window when time is short, and never plans before today', async () => {
    const { text } = await ask(
      'Plan a gala for 100 guests in Vienna on 19 December 2026',
      'local-checklist-1',
      'json',
      'planning',
    );
    const { checklist } = JSON.parse(text) as JsonPlan;
    const starts = checklist.map(({ when }) =>
      Date.parse(`${when.split(' to ')[0]?.replace(' (the day)', '') ?? ''} UTC`),
    );
    expect(starts.every((start) => start >= Date.parse('2026-11-27'))).toBe(true);
    expect([...starts].sort((a, b) => a - b)).toEqual(starts);
  });

  it('checklist: an evening ends by eleven unless another end was stated', async () => {
    const end = async (prompt: string) => {
      const { text } = await ask(prompt, 'local-checklist-1', 'json', 'planning');
      return (JSON.parse(text) as JsonPlan).days[0]?.slots.at(-1)?.end;
    };
    expect(await end('Plan a retirement party for 40 guests')).toBe('23:00');
    expect(await end('Plan a retirement party for 40 guests from 8pm to 1am')).toBe('01:00');
  });
});
