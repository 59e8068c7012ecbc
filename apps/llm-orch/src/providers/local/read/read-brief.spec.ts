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
    deadlines: b.deadlines.map(({ what, iso }) => `${what} ${iso}`),
    other: b.otherMoney.map(({ saidAs }) => saidAs),
    start: b.startMinute,
    end: b.endMinute,
    audience: b.audience,
    language: b.language,
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
  ['Spring gala for 40 people', { guests: 40, date: '2027-03-01' }],
  ['Easter brunch for 12 people', { guests: 12, date: '2027-03-28' }],
  ['Summer party for 30 people', { guests: 30, date: '2027-06-01' }],
  ['Dinner for 30 people in winter 2025', { guests: 30, date: '2025-12-01' }],
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
  ['wedding under 5k for 40 guests in Austin', { budget: '5000', guests: 40, type: 'wedding' }],
  ['gala for up to 10k visitors', { budget: undefined, guests: 10_000 }],
  ['wedding, 150 people, Cape Town, R250 000', { budget: '250000 ZAR', guests: 150 }],
  [
    'concert, artist fee $20,000, total budget $65,000, 500 people',
    { budget: '65000 USD', other: ['$20,000'] },
  ],
  [
    'fundraiser to raise $100,000, spend at most $15,000, last Saturday of April 2027',
    { budget: '15000 USD', date: '2027-04-24' },
  ],
  ['conference, 200 delegates, between £40k and £50k', { budget: '50000 GBP' }],
  ['picnic for 60 employees and their 40 kids', { guests: 100 }],
  [
    'hackathon for 100, deadline for registration 5 May 2027, event 20 May 2027',
    { date: '2027-05-20', deadlines: ['deadline for registration 2027-05-05'] },
  ],
  ['gala on 3 June 2027, please reply by 1 February 2027', { date: '2027-06-03' }],
  ['product launch on 11 February 2027, must end by 9 pm', { start: undefined, end: 21 * 60 }],
  ['workshop for 15, half day, morning of 3 March', { date: '2027-03-03', start: 9 * 60, hours: 4 }],
  ['conference in the first week of October 2027', { date: '2027-10-04' }],
  ['team lunch for 12, not outdoors', { setting: 'indoor', type: 'business-meal', start: 12 * 60 + 30 }],
  ["I don't want an outdoor wedding", { setting: 'indoor' }],
  ['birthday party in my garden, not outdoors if it rains', { setting: 'outdoor' }],
  [
    'dinner for 80, two vegans, no gluten, nut allergy',
    { needs: ['vegan food as an option', 'gluten-free food', 'nut-free food'], no: [] },
  ],
  ['webinar on GDPR for HR managers, 60 minutes', { topic: 'GDPR', audience: 'HR managers', hours: 1 }],
  ['retirement party for Paris Johnson in Denver', { honouree: 'Paris Johnson', place: 'Denver' }],
  ['charity run 10k in Leeds, 800 runners', { type: 'marathon', guests: 800, budget: undefined }],
  [
    'Planifica una boda para 100 invitados en Madrid con 20.000 euros, sin alcohol, el 3 de julio de 2027',
    {
      type: 'wedding',
      guests: 100,
      budget: '20000 EUR',
      date: '2027-07-03',
      no: ['alcohol'],
      language: 'Spanish',
      topic: undefined,
    },
  ],
  [
    'Hochzeit für 80 Gäste in Berlin am 12. Juni 2027, Budget 15.000 Euro, kein Alkohol',
    {
      type: 'wedding',
      guests: 80,
      budget: '15000 EUR',
      date: '2027-06-12',
      no: ['alcohol'],
      language: 'German',
    },
  ],
  [
    'Mariage à Lyon pour 90 invités le 3 juillet 2027, budget 18 000 €, sans alcool',
    {
      guests: 90,
      budget: '18000 EUR',
      place: 'Lyon',
      date: '2027-07-03',
      no: ['alcohol'],
      language: 'French',
    },
  ],
  [
    'मुंबई में 200 मेहमानों की शादी, बजट 10 लाख रुपये',
    { type: 'wedding', guests: 200, budget: '1000000 INR', place: 'Mumbai', language: 'Hindi' },
  ],
  [
    'tech meetup, free entry, Nairobi, KES 120,000, first one on 4 Feb 2027',
    { budget: '120000 KES', date: '2027-02-04' },
  ],
  ['Is a 5000 dollar budget enough for a wedding with 100 guests?', { budget: '5000 USD', guests: 100 }],
  [
    'a do for 35 of us in Leeds, about two grand, half the team is vegan',
    { guests: 35, budget: '2000', needs: ['vegan food as an option'] },
  ],
  [
    'yoga retreat, 12 women, Bali, max $700 pp, no meat no alcohol',
    { guests: 12, budget: '8400 USD', no: ['meat', 'alcohol'] },
  ],
  [
    'engagement party on Saturday 6 March 2027, 7pm-midnight',
    { date: '2027-03-06', days: 1, start: 19 * 60, hours: 5 },
  ],
  [
    'breakfast briefing for 30 CFOs in Zurich on 9 Feb 2027',
    { type: 'seminar', guests: 30, date: '2027-02-09' },
  ],
  ['A wedding, Mumbai, 27 December 2026, 24 attendees', { date: '2026-12-27', guests: 24, start: undefined }],
  ['wedding for 3 days in Goa', { guests: undefined, days: 3 }],
  ['wedding on 14th & 15th Nov 2027', { date: '2027-11-14', days: 2 }],
  ['launch party, Friday after next', { date: '2026-12-04' }],
  ['Holi festival in Pune, no loud music after 10pm', { no: [], start: undefined }],
  [
    'conferencia para 120 asistentes en Bogotá, presupuesto 40 millones de pesos',
    { budget: '40000000 COP', guests: 120 },
  ],
  ['wine tasting for 24 people in Porto, 35 euros per ticket', { budget: undefined, other: ['35 euros'] }],
  [
    'plan something for my mum’s 50th, 20 ppl, Dublin',
    { type: 'birthday', years: 50, guests: 20, place: 'Dublin' },
  ],
  ['gala for 99999999999 guests', { guests: undefined }],
];

describe('readBrief', () => {
  it.each(CASES)('%s', (text, expected) => {
    expect(slots(text)).toMatchObject(expected);
  });
});
