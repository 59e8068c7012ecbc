import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RunningPlatform } from './platform.js';

const EVENTS = [
  'wedding',
  'tech conference',
  'team-building event',
  'surprise birthday party',
  'music festival',
  'charity gala',
  'hackathon',
  'product launch',
];
const CITIES = ['Mumbai', 'Lisbon', 'Berlin', 'Chicago', 'Nairobi', 'Osaka', 'Toronto', 'Pune'];
const CURRENCIES = [
  { write: (amount: string) => `$${amount}`, shown: /\$|USD/ },
  { write: (amount: string) => `${amount} EUR`, shown: /€|EUR/ },
  { write: (amount: string) => `₹${amount}`, shown: /₹|INR/ },
  { write: (amount: string) => `£${amount}`, shown: /£|GBP/ },
];
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** The main job on input that nobody wrote down before: whatever is stated shows, and the budget adds up to the cent. */
describe('POST /aibrain/v1/orchestrate with plans drawn at random', () => {
  let eventzr: RunningPlatform;
  let token: string;

  beforeAll(async () => {
    eventzr = await RunningPlatform.start();
    token = await eventzr.login('organizer@eventzr.com');
  }, 120_000);
  afterAll(() => eventzr.stop());

  it('show the place and the head-count, and budget rows that sum to the stated budget', async () => {
    const draws = fc.record({
      event: fc.constantFrom(...EVENTS),
      city: fc.constantFrom(...CITIES),
      guests: fc.integer({ min: 8, max: 2_000 }),
      budget: fc.integer({ min: 500, max: 900_000 }),
      currency: fc.constantFrom(...CURRENCIES),
      day: fc.integer({ min: 1, max: 28 }),
      month: fc.constantFrom(...MONTHS),
    });
    await fc.assert(
      fc.asyncProperty(draws, async ({ event, city, guests, budget, currency, day, month }) => {
        const stated = currency.write(budget.toLocaleString('en-US'));
        const { status, data } = await eventzr.call<{ answer: string }>('/aibrain/v1/orchestrate', {
          token,
          body: {
            prompt: `Plan a ${event} for ${guests} people on ${day} ${month} 2027`,
            maxTokens: 1_500,
            context: `Budget: ${stated}, Location: ${city}`,
          },
        });
        expect(status).toBe(200);
        expect(data.answer).toContain(city);
        expect(data.answer.replaceAll(',', '')).toContain(String(guests));
        expect(data.answer).toContain(`${day} ${month} 2027`);
        expect(data.answer).toMatch(currency.shown);
        const { rows, total } = budgetOf(data.answer);
        expect(rows.length).toBeGreaterThanOrEqual(4);
        expect(rows.reduce((sum, row) => sum + row, 0)).toBe(total);
        expect(total).toBe(budget * 100);
      }),
      { numRuns: 25 },
    );
  });

  /** What organisers ask, and what must and must not stand in an answer that is of use. */
  const ASKED = [
    { prompt: 'Make a budget for a 2-day developer conference for 300 attendees in Berlin. We have 90,000 EUR.', says: [/Venue.*€/, /\*\*€90,000\*\*/, /€300 per head/], saysNot: [/## Risks/] },
    { prompt: 'Write a schedule for a one-day product launch on 14 March 2027 from 9:00 to 18:00 for 120 guests in Lisbon.', says: [/09:00–/, /–18:00/, /14 March 2027/], saysNot: [/## Budget/] },
    { prompt: 'Write an invitation text for our company summer party on 20 June 2027 at Garden House, 18:00, RSVP by 1 June to events@acme.com', says: [/20 June 2027/, /Garden House/, /18:00/, /1 June 2027 to events@acme\.com/], saysNot: [/\[date\]/] },
    { prompt: 'List the main risks of an outdoor wedding for 150 guests in Pune in July and how to handle them.', says: [/## Risks and answers/, /Monsoon/], saysNot: [/## Budget/] },
  ]; // prettier-ignore

  it.each(ASKED.flatMap((asked) => ['single', 'zar'].map((mode) => ({ mode, ...asked }))))('in mode $mode: $prompt', async ({ mode, prompt, says, saysNot }) => {
    const { status, data } = await eventzr.call<{ answer: string }>('/aibrain/v1/orchestrate', {
      token,
      body: { prompt, mode, maxTokens: 700 },
    });
    expect(status).toBe(200);
    for (const what of says) expect(data.answer).toMatch(what);
    for (const what of saysNot) expect(data.answer).not.toMatch(what);
  }); // prettier-ignore

  it.each(['single', 'zar'])('in mode %s: a follow-up question changes what was planned before', async (mode) => {
    const ask = async (prompt: string, conversationId?: string) => {
      const { data } = await eventzr.call<{ answer: string; conversationId: string }>('/aibrain/v1/orchestrate', {
        token,
        body: { prompt, mode, maxTokens: 900, ...(conversationId && { conversationId }) },
      });
      return data;
    };
    const { conversationId } = await ask('Plan a team offsite for 40 people in Goa on 5 May 2027, budget $20,000');
    const [more, cheaper, share] = [await ask('And for 80 guests?', conversationId), await ask('What if the budget is only $12,000?', conversationId), await ask('What does the catering cost per person?', conversationId)];
    expect(more.answer).toMatch(/80 participants in Goa[\s\S]*\*\*\$20,000\*\*/);
    expect(cheaper.answer).toMatch(/80 participants in Goa[\s\S]*\*\*\$12,000\*\*/);
    expect(share.answer).toMatch(/In a plan for \$12,000, meals gets .* for each of 80/);
  }); // prettier-ignore
});

/** The amounts of the plan's budget table, in hundredths. */
function budgetOf(plan: string): { rows: number[]; total: number } {
  const lines = plan.split('\n').filter((line) => /^\|/.test(line) && /\d/.test(line));
  const amounts = lines.flatMap((line) => {
    const cells = line
      .split('|')
      .map((cell) => cell.trim())
      .filter((cell) => cell !== '');
    const [item = ''] = cells;
    const amount = cells.at(-1) ?? '';
    const found = /(\d[\d,]*)(?:\.(\d{1,2}))?/.exec(amount);
    if (found === null) return [];
    const hundredths =
      Number((found[1] ?? '').replaceAll(',', '')) * 100 + Number((found[2] ?? '').padEnd(2, '0'));
    return [{ total: /total/i.test(item), hundredths }];
  });
  return {
    rows: amounts.filter(({ total }) => !total).map(({ hundredths }) => hundredths),
    total: amounts.find(({ total }) => total)?.hundredths ?? Number.NaN,
  };
}
