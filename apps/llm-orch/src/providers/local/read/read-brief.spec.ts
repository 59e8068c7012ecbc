import { describe, expect, it } from '@jest/globals';
import { readBrief } from './read-brief.js';

const NOW = new Date('2026-11-22T09:00:00Z');

function slots(text: string) {
  const b = readBrief(text, NOW);
  return {
    type: b.type.id,
    topic: b.topic,
    guests: b.guests?.count,
    budget:
      b.budget &&
      `${b.budget.amountMinor / 10 ** b.budget.currency.decimals} ${b.budget.currency.code}`.trim(),
    place: b.place.name,
    venue: b.place.venue,
    date: b.date?.iso,
    days: b.days,
    hours: b.hours,
    setting: b.setting,
    theme: b.theme,
    years: b.years,
    honouree: b.honouree,
    no: b.exclusions.map(({ label }) => label).filter(Boolean),
    needs: b.needs,
    features: b.features.map(({ id }) => id),
  };
}

const CASES: [string, Partial<ReturnType<typeof slots>>][] = [
  [
    'Plan a corporate team-building event for 50 people\n\nContext: Budget: $5000, Location: Mumbai',
    { type: 'team-building', guests: 50, budget: '5000 USD', place: 'Mumbai', days: 1 },
  ],
  [
    'Design a multi-day music festival with vendor management\nContext: 3-day outdoor festival, 10,000 capacity',
    {
      type: 'music-festival',
      guests: 10_000,
      days: 3,
      setting: 'outdoor',
      budget: undefined,
      features: ['vendor-management'],
    },
  ],
  ['Plan a surprise birthday party', { type: 'surprise-birthday', guests: undefined }],
  ['Generate an event description for a tech conference', { type: 'conference', topic: 'tech' }],
  [
    'two-day corporate offsite for a team of 35 in Lisbon, budget 25k EUR, starting March 3rd',
    { type: 'offsite', guests: 35, budget: '25000 EUR', place: 'Lisbon', days: 2, date: '2027-03-03' },
  ],
  [
    'We are one hundred and fifty people and want a gala with 9.5k USD tomorrow',
    { type: 'gala', guests: 150, budget: '9500 USD', date: '2026-11-23' },
  ],
  [
    'Wedding for 200 guests in Jaipur, budget ₹5 lakh, vegetarian only, no alcohol',
    {
      type: 'wedding',
      guests: 200,
      budget: '500000 INR',
      place: 'Jaipur',
      no: ['alcohol'],
      needs: ['vegetarian food'],
    },
  ],
  ['Sangeet for 80 people, Rs. 2,00,000', { type: 'sangeet', guests: 80, budget: '200000 INR' }],
  [
    'product launch in Paris with €1.2m for 800 attendees on 14 June 2027',
    { type: 'product-launch', budget: '1200000 EUR', guests: 800, place: 'Paris', date: '2027-06-14' },
  ],
  [
    'baby shower, 1,500 pounds, twenty-five guests, Bath',
    { type: 'baby-shower', budget: '1500 GBP', guests: 25 },
  ],
  [
    'birthday party for my 8 year old with 15 kids, no clowns, dinosaur themed, next Saturday',
    { type: 'kids-birthday', years: 8, guests: 15, theme: 'dinosaur', no: ['clowns'], date: '2026-11-28' },
  ],
  [
    'A dinner for two dozen friends at the Blue Lagoon Hotel in Austin from 6pm to 11pm',
    { guests: 24, place: 'Austin', venue: 'Blue Lagoon Hotel', hours: 5 },
  ],
  [
    '48-hour hackathon for 120 developers in Bengaluru',
    { type: 'hackathon', guests: 120, days: 3, place: 'Bengaluru' },
  ],
  [
    'annual sales kickoff, 300 pax, Dubai, AED 400,000',
    { type: 'offsite', guests: 300, place: 'Dubai', budget: '400000 AED' },
  ],
  [
    'Fundraiser for 120 guests to raise $50,000; budget is $8,000',
    { type: 'fundraiser', guests: 120, budget: '8000 USD' },
  ],
  ['Team lunch for 12, $40 per person', { guests: 12, budget: '480 USD' }],
  ['conference for 80 adults and 20 children without live music', { guests: 100, no: ['live music'] }],
  ['Concert, tickets at $30, 500 capacity', { type: 'concert', guests: 500, budget: undefined }],
  [
    'wheelchair accessible workshop on AI ethics for 30 people',
    { type: 'workshop', needs: ['wheelchair access'], guests: 30 },
  ],
  ['An anniversary party for 50-60 people in Split', { type: 'anniversary', guests: 60, place: 'Split' }],
  [
    'wedding for 120 in Springfield Falls in June',
    { type: 'wedding', guests: 120, place: 'Springfield Falls', date: '2027-06-01' },
  ],
  [
    'Summer party for 2,500 employees with a budget of 150,000 dollars',
    { guests: 2500, budget: '150000 USD' },
  ],
  [
    'Charity gala, no more than 200 guests, £20k',
    { type: 'fundraiser', guests: 200, budget: '20000 GBP', no: [] },
  ],
  [
    'Paris-themed bridal shower for 20 in Chicago',
    { type: 'bridal-shower', place: 'Chicago', theme: 'Paris' },
  ],
  ['My mother turns 60 in May, plan a party for 40', { guests: 40, years: 60, date: '2027-05-01' }],
  [
    'exhibition from 3 to 5 June 2027 in Milan, ¥3,000,000',
    { type: 'exhibition', days: 3, date: '2027-06-03', place: 'Milan', budget: '3000000 JPY' },
  ],
];

describe('readBrief', () => {
  it.each(CASES)('%s', (text, expected) => {
    expect(slots(text)).toMatchObject(expected);
  });
});
