import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { split } from './amounts.js';
import { EVENT_PROFILES } from './event-kinds.js';
import { factsOf } from './event-facts.js';
import { outlineOf } from './outliner.js';

const TOPIC = 'Tech conference in Lisbon on 12 June 2027 for 600 attendees with a budget of €180,000';

describe('factsOf', () => {
  it.each([
    [TOPIC, { attendees: 600, budget: 180_000, currency: 'EUR', date: '12 June 2027', place: 'Lisbon' }],
    [
      'Wedding at Villa Rosa, 2027-09-04, 90 guests, $25k',
      { attendees: 90, budget: 25_000, currency: 'USD', date: '4 September 2027', place: 'Villa Rosa' },
    ],
    [
      'Sangeet for 1,200 people, budget ₹15 lakh, in New Delhi',
      { attendees: 1_200, budget: 1_500_000, currency: 'INR', place: 'New Delhi' },
    ],
    [
      'Marathon in May 2028 with 5k runners, 2 million USD',
      { attendees: 5_000, budget: 2_000_000, currency: 'USD', date: 'May 2028' },
    ],
    [
      'Conference for 600 attendees, budget EUR 180,000, ticket price 249 EUR',
      { attendees: 600, budget: 180_000, currency: 'EUR' },
    ],
    ['Gala, $30k from sponsors, budget $20k', { budget: 20_000, currency: 'USD' }],
  ])('reads %s', (topic, facts) => {
    expect(factsOf(topic)).toMatchObject(facts);
  });

  it.each([
    ['Sponsorship plan for a charity run in Lisbon', 'sports event'],
    ['Charity gala with an auction', 'fundraiser'],
    ['Launch party', 'product launch'],
    ['Kick-off of a street food festival in Pune', 'festival'],
    ['Kick-off for the sales team', 'workshop'],
  ])('plans %s as a %s', (topic, kind) => {
    expect(factsOf(topic).profile.name).toBe(kind);
  });

  it('says what it assumed', () => {
    const { assumptions, attendees, budget } = factsOf('our next gala');
    expect(budget).toBe(attendees * 180);
    expect(assumptions.join()).toMatch(/guests are an assumption.*budget of USD 36,000 is an assumption/);
    expect(factsOf(TOPIC).assumptions).toHaveLength(1);
  });

  it('takes no day that does not exist', () => {
    expect(factsOf('gala on 31 February 2027').day).toBeUndefined();
  });
});

describe('outlineOf', () => {
  const anyTopic = fc.record({
    topic: fc.constantFrom(...EVENT_PROFILES.map(({ name }) => `${name} for 377 guests with $12,345`)),
    slides: fc.integer({ min: 1, max: 30 }),
  });

  it('makes exactly as many slides as asked, the same each time, cover first', () => {
    fc.assert(
      fc.property(anyTopic, (wish) => {
        const plan = outlineOf(wish);
        expect(plan.slides).toHaveLength(wish.slides);
        expect(plan.slides[0]?.layout).toBe('title');
        expect(outlineOf(wish)).toEqual(plan);
        expect(new Set(plan.slides.map(({ title }) => title)).size).toBe(wish.slides);
      }),
      { numRuns: 60 },
    );
  });

  it('carries numbers, date and place through, and its charts add up', () => {
    const { slides } = outlineOf({ topic: TOPIC, slides: 30 });
    const text = JSON.stringify(slides);
    for (const fact of ['12 June 2027', 'Lisbon', '600', 'EUR 180,000']) expect(text).toContain(fact);
    const sum = (title: string): number => {
      const chart = slides.find((slide) => slide.title.startsWith(title))?.chart;
      return chart?.series[0]?.values.reduce((total, value) => total + value, 0) ?? 0;
    };
    expect([sum('Budget:'), sum('Who comes'), sum('Marketing')]).toEqual([180_000, 600, 600]);
  });

  it.each(EVENT_PROFILES.map((profile) => [profile.name, profile] as const))(
    'has whole shares for a %s',
    (_name, profile) => {
      const total = (list: readonly (readonly [string, number])[]) =>
        list.reduce((sum, [, percent]) => sum + percent, 0);
      expect([total(profile.budget), total(profile.audience)]).toEqual([100, 100]);
    },
  );
});

describe('split', () => {
  it('parts sum up to the amount exactly, each within one of its share', () => {
    fc.assert(
      fc.property(fc.nat(10_000_000), (amount) => {
        const percents = [26, 22, 18, 16, 10, 8];
        const parts = split(amount, percents);
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(amount);
        for (const [index, part] of parts.entries())
          expect(Math.abs(part - (amount * (percents[index] ?? 0)) / 100)).toBeLessThan(1);
      }),
    );
  });
});
