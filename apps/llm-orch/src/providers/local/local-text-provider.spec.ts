import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CompletionRequest } from '../text-provider.js';
import { countTokens } from '../token-count.js';
import { LocalTextProvider } from './local-text-provider.js';

const NOW = new Date('2026-11-22T09:00:00Z');
const provider = new LocalTextProvider({ now: () => NOW });

function ask(prompt: string, more: Partial<CompletionRequest> = {}) {
  const request = {
    messages: [{ role: 'user' as const, content: prompt }],
    model: 'local-planner-1',
    maxTokens: 4_000,
    idempotencyKey: 'k',
    ...more,
  };
  return provider.complete(request, new AbortController().signal);
}

const TYPES = [
  ['team-building event', 'team-building event'],
  ['wedding', 'wedding'],
  ['birthday party', 'birthday party'],
  ['music festival', 'music festival'],
  ['tech conference', 'conference'],
  ['company offsite', 'offsite'],
  ['charity gala', ''],
  ['hackathon', 'hackathon'],
  ['trade show', 'trade show'],
  ['product launch', 'product launch'],
  ['baby shower', 'baby shower'],
  ['office party', 'office party'],
  ['seminar', 'seminar'],
  ['marathon', ''],
  ['memorial service', 'memorial service'],
  ['picnic', 'picnic'],
  ['awards ceremony', 'awards ceremony'],
  ['fashion show', 'fashion show'],
] as const;
const CITIES = [
  'Mumbai',
  'Lisbon',
  'Berlin',
  'Nairobi',
  'Chicago',
  'Tokyo',
  'Denver',
  'Jaipur',
  'Dubai',
  'Melbourne',
  'Springfield Falls',
];
const COUNTS: readonly (readonly [string, number])[] = [
  ['35 people', 35],
  ['120 guests', 120],
  ['one hundred and fifty people', 150],
  ['two dozen friends', 24],
  ['1,200 attendees', 1200],
  ['a team of 18', 18],
  ['10k visitors', 10_000],
  ['up to 75 participants', 75],
];
const BUDGETS: readonly (readonly [string, string])[] = [
  ['$5000', '$5,000'],
  ['25k EUR', '€25,000'],
  ['₹5 lakh', '₹5,00,000'],
  ['Rs. 2,00,000', '₹2,00,000'],
  ['9.5k USD', '$9,500'],
  ['€1.2m', '€1,200,000'],
  ['1,500 pounds', '£1,500'],
  ['AED 40,000', 'AED 40,000'],
  ['¥3,000,000', '¥3,000,000'],
  ['£7,333.33', '£7,333.33'],
  ['CHF 12500', 'CHF 12,500'],
  ['three thousand dollars', '$3,000'],
  ['A$ 8,500', 'A$8,500'],
  ['$1,234,567', '$1,234,567'],
  ['2 crore', '₹2,00,00,000'],
];
const DATES = ['on 14 June 2027', 'next Saturday', 'in March', 'on March 3rd', 'tomorrow', 'next summer', ''];
const RULES: readonly (readonly [string, string, RegExp | undefined])[] = [
  ['no alcohol', 'alcohol', /\b(?:bars?|bartenders?|wine|beer|champagne|cocktails?)\b/i],
  ['without live music', 'live music', /\b(?:live music|bands?)\b/i],
  ['no dancing', 'dancing', /\bdanc\w+/i],
  ['without photography', 'photography', /\bphoto\w*/i],
  ['no flowers', 'flowers', /\b(?:flowers?|florist)\b/i],
  ['no speeches', 'speeches', /\bspeech\w*/i],
  ['no balloons', 'balloons', /\bballoons?\b/i],
  ['vegetarian only', 'vegetarian food', /\b(?:barbecue|beef|pork|chicken|seafood)\b/i],
  ['wheelchair accessible', 'wheelchair access', undefined],
];
const PHRASINGS = [
  (t: string, n: string, c: string, b: string, d: string, r: string) =>
    `Plan a ${t} for ${n} in ${c} ${d}, budget ${b}, ${r}`,
  (t: string, n: string, c: string, b: string, d: string, r: string) =>
    `We want to organise a ${t} ${d}.\n\nContext: Budget: ${b}, Location: ${c}, we are ${n}; ${r}`,
  (t: string, n: string, c: string, b: string, d: string, r: string) =>
    `${r}. Please design a ${t} in ${c} with ${n}. We can spend ${b}${d === '' ? '' : `, ${d}`}.`,
] as const;

const drawn = fc
  .record({
    type: fc.constantFrom(...TYPES),
    city: fc.constantFrom(...CITIES),
    count: fc.constantFrom(...COUNTS),
    budget: fc.constantFrom(...BUDGETS),
    date: fc.constantFrom(...DATES),
    rule: fc.constantFrom(...RULES),
    phrase: fc.constantFrom(...PHRASINGS),
  })
  .map(({ type, city, count, budget, date, rule, phrase }) => ({
    type,
    city,
    count,
    budget,
    rule,
    prompt: phrase(type[0], count[0], city, budget[0], date, rule[0]).replace(/ +/g, ' '),
  }));

interface JsonPlan {
  readonly title: string;
  readonly understood: string[];
  readonly budget: { totalMinor: number; rows: { amountMinor: number; sharePercent: number }[] };
}

/** Sum of the Markdown rows in minor units of two decimals, and the total row. */
/** The budget's rows and its total in hundredths, written as a table or, where space is short, in one line. */
function tableSums(text: string): { rows: number; total: number } {
  const line = /^\*\*Budget [^\d*]*([\d,]+(?:\.\d\d)?)[^*]*\*\* = (.+)$/m.exec(text);
  if (line !== null) {
    const parts = [...(line[2] ?? '').matchAll(/([\d,]+(?:\.\d\d)?)(?= \+|[^\d+]*$)/g)].map((match) =>
      minor(match[1]),
    );
    return { rows: parts.reduce((sum, amount) => sum + amount, 0), total: minor(line[1]) };
  }
  const amounts = [
    ...text.matchAll(/^\| (?!Item|\*\*Total)[^|]+\|(?:[^|]*\|)? [^\d|]*([\d,]+(?:\.\d\d)?)(?: %)? \|$/gm),
  ].map((match) => minor(match[1]));
  const total = /\*\*Total\*\* \|(?: \|)? \*\*[^\d*]*([\d,]+(?:\.\d\d)?)/.exec(text)?.[1];
  return { rows: amounts.reduce((sum, amount) => sum + amount, 0), total: minor(total) };
}

function minor(text = 'NaN'): number {
  return Math.round(Number(text.replace(/,/g, '')) * 100);
}

describe('LocalTextProvider plans', () => {
  it('show type, head-count, place and budget, whatever the wording, and rows that add up exactly', async () => {
    await fc.assert(
      fc.asyncProperty(drawn, async ({ type, city, count, budget, prompt }) => {
        const { text, finishReason } = await ask(prompt);
        expect(finishReason).toBe('stop');
        expect(text.toLowerCase()).toContain(type[1]);
        expect(text.split('\n')[0]).toContain(count[1].toLocaleString('en-US'));
        expect(text.split('\n')[0]).toContain(city);
        expect(text).toContain(`Budget: ${budget[1]}`);
        expect(text).toContain(`**${budget[1]}**`);
        const { rows, total } = tableSums(text);
        expect(rows).toBe(total);
        expect(text).not.toMatch(/undefined|NaN|\{\w+\}|\s\/\/\s|\[object/);
      }),
      { numRuns: 120 },
    );
  }, 120_000);

  it('leave out what was ruled out, apart from saying so', async () => {
    await fc.assert(
      fc.asyncProperty(drawn, async ({ rule, prompt }) => {
        const { text } = await ask(prompt);
        const [, label, forbidden] = rule;
        expect(text).toContain(label);
        const said = text
          .split('\n')
          .filter((line) => !/^- (?:Ruled out|Needs|Event):|^- Vegetarian menu|^# /.test(line))
          .join('\n');
        if (forbidden) expect(said).not.toMatch(forbidden);
      }),
      { numRuns: 120 },
    );
  }, 120_000);

  it('stay within maxTokens and still add up while a table fits', async () => {
    await fc.assert(
      fc.asyncProperty(drawn, fc.integer({ min: 1, max: 1_200 }), async ({ prompt }, maxTokens) => {
        const { text, usage, finishReason } = await ask(prompt, { maxTokens });
        expect(usage.outputTokens).toBeLessThanOrEqual(maxTokens);
        expect(usage.outputTokens).toBe(countTokens(text));
        if (maxTokens >= 350) {
          expect(finishReason).toBe('stop');
          const { rows, total } = tableSums(text);
          expect(rows).toBe(total);
        }
      }),
      { numRuns: 80 },
    );
  }, 120_000);

  it('are valid JSON with exact sums when JSON is asked for', async () => {
    await fc.assert(
      fc.asyncProperty(drawn, async ({ prompt, count }) => {
        const { text } = await ask(prompt, { responseFormat: 'json' });
        const plan = JSON.parse(text) as JsonPlan;
        expect(plan.title).toContain(count[1].toLocaleString('en-US'));
        expect(plan.budget.rows.reduce((sum, row) => sum + row.amountMinor, 0)).toBe(plan.budget.totalMinor);
        expect(plan.budget.rows.reduce((sum, row) => sum + row.sharePercent, 0)).toBe(100);
        expect(
          plan.budget.rows.every((row) => Number.isSafeInteger(row.amountMinor) && row.amountMinor > 0),
        ).toBe(true);
      }),
      { numRuns: 30 },
    );
  }, 120_000);

  it('never invent money: without a budget there are shares that add up to 100', async () => {
    const { text } = await ask('Plan a wedding for 80 guests in Rome');
    expect(tableSums(text)).toEqual({ rows: 10_000, total: 10_000 });
    expect(text).not.toMatch(/[$€£₹]/);
  });

  it('keep the sea away from cities without one, and say so', async () => {
    const { text } = await ask('Plan a beach party for 60 people in Denver');
    expect(text).toContain('no sea beach');
    expect(text).not.toMatch(/beach club/i);
  });

  it('count back from the date and mark what is overdue', async () => {
    const { text } = await ask('Plan a wedding for 50 guests on 10 January 2027 in Oslo');
    expect(text).toContain('- Now: ');
    expect(text).toContain('10 Jan 2027 (the day)');
    expect(text).toContain('Sunday, 10 January 2027');
  });

  it('have a day for each day, and hours that were asked for', async () => {
    expect((await ask('Plan a 3-day conference for 90 people')).text).toMatch(
      /Day 1[\s\S]+Day 2[\s\S]+Day 3/,
    );
    const { text } = await ask('Plan a 3-hour networking event for 40 people from 6pm');
    expect(text).toContain('- 18:00–');
    expect(text).toMatch(/–21:00 /);
  });

  it('follow the conversation: the last turn wins', async () => {
    const messages = [
      { role: 'user' as const, content: 'Plan a wedding for 100 guests in Paris, budget $20,000' },
      { role: 'assistant' as const, content: 'A plan' },
      { role: 'user' as const, content: 'Make it 150 guests' },
    ];
    expect((await ask('', { messages })).text).toMatch(/^# Wedding for 150 guests in Paris/);
  });
});

describe('LocalTextProvider use cases', () => {
  it('says what it is in every answer', async () => {
    const completion = await ask('Plan a picnic');
    expect(completion).toMatchObject({
      model: 'local-planner-1',
      usage: { source: 'counted', cachedTokens: 0 },
    });
    expect(completion.limits[0]).toBe('rule-based local planner: no language model is configured');
    expect(provider.models()[0]?.id).toBe('local-planner-1');
  });

  it('describes an event with placeholders instead of invented facts', async () => {
    const { text } = await ask('Generate an event description for a tech conference', {
      useCase: 'event-creation',
    });
    expect(text).toMatch(/tech conference/i);
    expect(text).toMatch(/\[date\]/);
    expect(text).not.toMatch(/## Budget/);
    const seeds = await Promise.all(
      [1, 2, 3, 4, 5, 6].map((seed) => ask('Generate an event description for a tech conference', { seed })),
    );
    expect(new Set(seeds.map((completion) => completion.text)).size).toBeGreaterThan(2);
    const again = await ask('Generate an event description for a tech conference', {
      useCase: 'event-creation',
    });
    expect(again.text).toBe(text);
  });

  it('asks for the text when there is nothing to summarize, else takes its main sentences', async () => {
    expect((await ask('Summarize this event')).text).toMatch(/nothing to summarize/);
    const source =
      'The spring gala takes place in Rome on 5 May 2027. Guests are seated at 19:00. The weather is often mild. Shuttle buses leave at midnight. The gala raises money for the Rome shelter.';
    const { text } = await ask(`Summarize the following: ${source}`, { useCase: 'summarize' });
    expect(text).toContain('spring gala takes place in Rome');
    expect(countTokens(text)).toBeLessThan(countTokens(source) + 60);
  });

  it('extracts slots as JSON', async () => {
    const { text } = await ask('We are 45 people and want a retreat in Bali with $30k', {
      useCase: 'extraction',
    });
    expect(JSON.parse(text)).toMatchObject({
      eventType: 'retreat',
      guests: 45,
      place: 'Bali',
      country: 'Indonesia',
      budget: { amount: 30_000, currency: 'USD' },
      venue: null,
    });
  });

  it.each([
    ['Write a reminder email for our workshop on 3 March 2027', undefined, /Subject:\*\* Reminder: workshop/],
    ['Write Instagram posts for a jazz festival in Austin', undefined, /#JazzFestival/],
    ['Translate this speech into Hindi: dear friends, we meet today', undefined, /cannot translate/],
    ['Translate "Save the date" into French', undefined, /^Réservez la date$/],
    ['How many bartenders do I need for 200 guests?', undefined, /one bartender per 50 guests/i],
    ['Who won the world cup?', undefined, /found nothing/],
    ['Hello', 'chat', /I can plan an event/],
    ['I will kill you at the venue', 'moderation', /Flagged:\*\* violence/],
    ['We look forward to the picnic', 'moderation', /Not flagged/],
    ['Classify into complaint, question, praise: When do doors open?', undefined, /Label:\*\* question/],
    ['The evening was wonderful, thank you', 'classification', /positive/],
  ] as const)('%s (%s)', async (prompt, useCase, expected) => {
    expect((await ask(prompt, { useCase })).text).toMatch(expected);
  });

  it('honours stop sequences, abort and hostile input', async () => {
    expect((await ask('Plan a picnic for 30', { stop: ['## Budget'] })).text).not.toContain('Budget');
    await expect(
      provider.complete(
        { messages: [], model: 'local-planner-1', maxTokens: 10, idempotencyKey: 'k' },
        AbortSignal.abort(new Error('gone')),
      ),
    ).rejects.toThrow('gone');
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary', maxLength: 200 }),
        fc.constantFrom('text' as const, 'json' as const),
        async (prompt, responseFormat) => {
          const { usage } = await ask(prompt, { maxTokens: 300, responseFormat });
          expect(usage.outputTokens).toBeLessThanOrEqual(300);
        },
      ),
      { numRuns: 60 },
    );
  }, 60_000);

  it('does not choke on long input', async () => {
    const started = performance.now();
    for (const text of [
      'no '.repeat(13_000),
      '1,'.repeat(20_000),
      '$'.repeat(40_000),
      'in A'.repeat(10_000),
      '9'.repeat(40_000),
      'for 5 '.repeat(6_000),
      ' '.repeat(40_000),
      'Budget: '.repeat(5_000),
      'a-'.repeat(20_000),
    ]) {
      await ask(text, { maxTokens: 200 });
    }
    expect(performance.now() - started).toBeLessThan(30_000);
  }, 120_000);
});
