import type { SlidePlan } from '../deck.js';
import { split } from './amounts.js';
import { dateLabel, type EventFacts, money } from './event-facts.js';

/** One slide that a deck may have. The lower `rank`, the sooner it is taken when slides are few. */
export interface SectionPlan {
  readonly rank: number;
  readonly make: (facts: EventFacts) => SlidePlan;
}

const count = (value: number): string => value.toLocaleString('en-US');
const where = ({ place }: EventFacts): string => place ?? 'the venue';
const DAY_MS = 86_400_000;

function whenOf({ day }: EventFacts, daysBefore: number): string {
  if (day === undefined)
    return daysBefore === 0
      ? 'Event day'
      : daysBefore < 0
        ? `+${-daysBefore} days`
        : `${Math.round(daysBefore / 7)} weeks before`;
  return dateLabel(new Date(day.getTime() - daysBefore * DAY_MS));
}

export const budgetLines = ({ profile, budget }: EventFacts) => {
  const amounts = split(
    budget,
    profile.budget.map(([, percent]) => percent),
  );
  return profile.budget.map(([line, percent], index) => ({ line, percent, amount: amounts[index] ?? 0 }));
};

const groups = ({ profile, attendees }: EventFacts) => {
  const people = split(
    attendees,
    profile.audience.map(([, percent]) => percent),
  );
  return profile.audience.map(([group, percent], index) => ({ group, percent, people: people[index] ?? 0 }));
};

const purpose: SectionPlan = {
  rank: 3,
  make: (facts) => ({
    layout: 'content',
    title: 'What we want to achieve',
    bullets: [
      ...facts.profile.goals,
      `${count(facts.attendees)} ${facts.profile.guestWord}${facts.date === undefined ? '' : ` on ${facts.date}`}${facts.place === undefined ? '' : ` in ${facts.place}`}`,
    ],
    imagePrompt: facts.profile.scene,
    notes: `Open with the goals. Everything that follows serves one of these ${facts.profile.goals.length} points.`,
  }),
};

const audience: SectionPlan = {
  rank: 5,
  make: (facts) => {
    const list = groups(facts);
    return {
      layout: 'content',
      title: `Who comes: ${count(facts.attendees)} ${facts.profile.guestWord}`,
      bullets: list.map(({ group, people, percent }) => `${group}: ${count(people)} (${percent}%)`),
      chart: {
        type: 'doughnut',
        labels: list.map(({ group }) => group),
        series: [{ name: facts.profile.guestWord, values: list.map(({ people }) => people) }],
      },
      notes: 'The shares are typical for this kind of event. Replace them with numbers from registration.',
    };
  },
};

const programme: SectionPlan = {
  rank: 4,
  make: ({ profile, date }) => ({
    layout: 'content',
    title: date === undefined ? 'The day' : `The day: ${date}`,
    timeline: profile.programme.map(([when, what]) => ({ when, what })),
    notes: `From ${profile.programme[0]?.[0] ?? ''} to ${profile.programme.at(-1)?.[0] ?? ''}. Times are a proposal.`,
  }),
};

const budget: SectionPlan = {
  rank: 2,
  make: (facts) => {
    const lines = budgetLines(facts);
    return {
      layout: 'content',
      title: `Budget: ${money(facts.budget, facts.currency)}`,
      bullets: [
        `${money(Math.round(facts.budget / facts.attendees), facts.currency)} for each of ${count(facts.attendees)} ${facts.profile.guestWord}`,
        `Largest line: ${[...lines].sort((a, b) => b.amount - a.amount)[0]?.line ?? ''}`,
        `Contingency of ${money(lines.at(-1)?.amount ?? 0, facts.currency)} is kept until the last week`,
      ],
      chart: {
        type: 'doughnut',
        labels: lines.map(({ line }) => line),
        series: [{ name: `Budget in ${facts.currency}`, values: lines.map(({ amount }) => amount) }],
        unit: facts.currency,
      },
      notes: lines
        .map(({ line, amount, percent }) => `${line}: ${money(amount, facts.currency)} (${percent}%)`)
        .join('. '),
    };
  },
};

const budgetTable: SectionPlan = {
  rank: 12,
  make: (facts) => ({
    layout: 'content',
    title: 'Budget by line',
    table: {
      head: ['Line', 'Share', 'Amount'],
      rows: [
        ...budgetLines(facts).map(({ line, percent, amount }) => [
          line,
          `${percent}%`,
          money(amount, facts.currency),
        ]),
        ['Total', '100%', money(facts.budget, facts.currency)],
      ],
    },
    notes: 'The lines add up to the total. Offers replace estimates as they come in.',
  }),
};

const venue: SectionPlan = {
  rank: 7,
  make: (facts) => ({
    layout: 'content',
    title: facts.place === undefined ? 'Venue' : `Venue: ${facts.place}`,
    bullets: [
      `Capacity for ${count(Math.ceil(facts.attendees * 1.1))} with a reserve of 10%`,
      'Step-free access, quiet room, clear signs from the door',
      'Power, network and load-in confirmed in writing',
      'Site visit with production and catering before signing',
    ],
    imagePrompt: facts.profile.placeScene,
    notes: `Check ${where(facts)} for exclusive dates and the hours in which we may build up.`,
  }),
};

const preparation: SectionPlan = {
  rank: 6,
  make: (facts) => ({
    layout: 'content',
    title: 'Timeline to the event',
    timeline: (
      [
        [120, 'Venue and budget agreed'],
        [90, facts.profile.isPrivate ? 'Invitations sent' : 'Announcement and registration'],
        [60, 'Programme and suppliers fixed'],
        [30, 'Final numbers, detailed run sheet'],
        [7, 'Rehearsal and briefing'],
        [0, 'Event day'],
        [-7, 'Review and thanks'],
      ] as const
    ).map(([days, what]) => ({ when: whenOf(facts, days), what })),
    notes: 'Each date has one owner. A missed date is escalated on the same day.',
  }),
};

const logistics: SectionPlan = {
  rank: 9,
  make: (facts) => ({
    layout: 'columns',
    title: 'Logistics',
    columns: [
      {
        heading: 'Before',
        bullets: ['Contracts and insurance', 'Permits and neighbours', 'Delivery plan by the hour'],
      },
      {
        heading: 'On the day',
        bullets: [
          `One steward for every 50 ${facts.profile.guestWord}: ${count(Math.ceil(facts.attendees / 50))} in all`,
          'Control desk with radio and phone list',
          'First aid and lost property',
        ],
      },
      {
        heading: 'After',
        bullets: ['Dismantling and waste', 'Final invoices within 14 days', 'Review with every supplier'],
      },
    ],
    notes: 'The run sheet has every delivery with name, phone number and gate.',
  }),
};

const marketing: SectionPlan = {
  rank: 8,
  make: (facts) => {
    const parts = split(facts.attendees, facts.profile.isPrivate ? [60, 25, 15] : [34, 28, 22, 16]);
    const labels = facts.profile.isPrivate
      ? ['First invitation', 'Reminder', 'Personal call']
      : ['E-mail', 'Social media', 'Partners', 'Press and local'];
    return {
      layout: 'content',
      title: facts.profile.isPrivate ? 'Invitations and answers' : 'Marketing: where registrations come from',
      bullets: facts.profile.isPrivate
        ? [
            'Save the date first, invitation with reply link',
            'Dietary needs asked once, in the reply',
            'Reminder two weeks before the deadline',
          ]
        : [
            'One message, three audiences, weekly rhythm',
            'Early price until 60 days before',
            'Partners get their own link and their own numbers',
          ],
      chart: { type: 'bar', labels, series: [{ name: facts.profile.guestWord, values: parts }] },
      notes: `The bars add up to ${count(facts.attendees)} ${facts.profile.guestWord}.`,
    };
  },
};

const sponsors: SectionPlan = {
  rank: 10,
  make: (facts) => {
    const target = Math.round(facts.budget * 0.4);
    const [main = 0, gold = 0, silver = 0] = split(target, [50, 30, 20]);
    return facts.profile.isPrivate
      ? {
          layout: 'columns',
          title: 'Who does what',
          columns: [
            { heading: 'Hosts', bullets: ['Decide budget and guests', 'Welcome and thanks'] },
            {
              heading: 'Planner',
              bullets: ['Suppliers, run sheet, control desk', 'Single contact on the day'],
            },
            { heading: 'Helpers', bullets: ['Arrivals and presents', 'Children and music wishes'] },
          ],
          notes: 'Names go here as soon as people have agreed.',
        }
      : {
          layout: 'content',
          title: `Sponsorship: ${money(target, facts.currency)}`,
          bullets: ['Goal: 40% of the budget from partners'],
          table: {
            head: ['Package', 'Places', 'Each', 'Together'],
            rows: [
              ['Main partner', '1', money(main, facts.currency), money(main, facts.currency)],
              ['Gold', '2', money(gold / 2, facts.currency), money(gold, facts.currency)],
              ['Silver', '4', money(silver / 4, facts.currency), money(silver, facts.currency)],
              ['Total', '7', '', money(target, facts.currency)],
            ],
          },
          notes: 'Prices follow from the goal. Adjust the packages when the first partner has signed.',
        };
  },
};

const risks: SectionPlan = {
  rank: 11,
  make: ({ profile }) => ({
    layout: 'content',
    title: 'Risks and answers',
    table: {
      head: ['Risk', 'What we do about it'],
      rows: profile.risks.map(([risk, answer]) => [risk, answer]),
    },
    notes: 'Each risk has an owner, and is looked at weekly in the last month.',
  }),
};

const registrations: SectionPlan = {
  rank: 13,
  make: (facts) => {
    const shares = [8, 21, 38, 57, 78, 100];
    return {
      layout: 'content',
      title: facts.profile.isPrivate ? 'Answers we expect' : 'Registrations we expect',
      bullets: [
        'More than half must be in six weeks before',
        'Below the line: extra reminder and partner push',
      ],
      chart: {
        type: 'line',
        labels: ['Week 12', 'Week 10', 'Week 8', 'Week 6', 'Week 3', 'Event'],
        series: [
          {
            name: facts.profile.guestWord,
            values: shares.map((share) => Math.round((facts.attendees * share) / 100)),
          },
        ],
      },
      notes: 'Cumulative. Compare with the real curve every Monday.',
    };
  },
};

const plain = (
  rank: number,
  title: string,
  bullets: readonly string[],
  imagePrompt?: string,
): SectionPlan => ({
  rank,
  make: () => ({
    layout: 'content',
    title,
    bullets,
    ...(imagePrompt === undefined ? {} : { imagePrompt }),
    notes: `${title}: agree owner and date for each point.`,
  }),
});

const catering: SectionPlan = {
  rank: 14,
  make: (facts) => ({
    layout: 'content',
    title: 'Catering',
    bullets: [
      `${count(facts.attendees)} portions plus 5%: ${count(Math.ceil(facts.attendees * 1.05))}`,
      'A third vegetarian or vegan, allergens on every label',
      'Water free and everywhere',
      'Surplus goes to a food bank the same evening',
    ],
    imagePrompt: 'buffet table with food, cake and drinks',
    notes: 'Final numbers go to the caterer ten days before.',
  }),
};

const staffing: SectionPlan = {
  rank: 19,
  make: ({ attendees }) => ({
    layout: 'content',
    title: 'People on the day',
    bullets: ['Briefing for all one hour before doors', 'Breaks are in the run sheet'],
    chart: {
      type: 'bar',
      labels: ['Stewards', 'Registration', 'Technique', 'First aid'],
      series: [
        {
          name: 'People',
          values: [50, 80, 150, 250].map((each) => Math.max(1, Math.ceil(attendees / each))),
        },
      ],
    },
    notes: 'Numbers follow from the number of guests; the authority may ask for more.',
  }),
};

const scenarios: SectionPlan = {
  rank: 18,
  make: (facts) => ({
    layout: 'content',
    title: 'What if fewer or more come?',
    bullets: ['Fixed costs: 60% of the budget', 'Variable costs follow the number of guests'],
    chart: {
      type: 'bar',
      labels: ['-20%', 'As planned', '+20%'],
      series: [
        {
          name: `Cost in ${facts.currency}`,
          values: [0.92, 1, 1.08].map((factor) => Math.round(facts.budget * factor)),
        },
      ],
      unit: facts.currency,
    },
    notes: `As planned is the budget of ${money(facts.budget, facts.currency)}.`,
  }),
};

const quote: SectionPlan = {
  rank: 22,
  make: ({ profile }) => ({
    layout: 'quote',
    title: `A good ${profile.name} is one where nobody notices the plan behind it.`,
    subtitle: 'Planning principle',
    notes: 'A breath before the details.',
  }),
};

/** All slides between cover and closing, in the order of a deck. */
export const SECTIONS: readonly SectionPlan[] = [
  purpose,
  audience,
  programme,
  plain(
    20,
    'The experience, step by step',
    [
      'Before: one clear message with everything needed',
      'Arrival: no queue longer than five minutes',
      'During: someone to ask in every room',
      'After: thanks, pictures and next date within a week',
    ],
    'people arriving at a festive entrance with banners',
  ),
  quote,
  venue,
  catering,
  plain(
    15,
    'Technique and production',
    [
      'Sound and light plan approved by the venue',
      'Recording and live stream decided by week 8',
      'Rehearsal with every speaker or act',
      'Spare microphone, laptop and cables at the desk',
    ],
    'stage with lights and speakers',
  ),
  logistics,
  staffing,
  plain(17, 'Safety and access', [
    'Escape routes, capacity and first aid agreed with the authority',
    'Step-free routes and induction loop',
    'Contact for harassment and for lost children',
    'Emergency announcement prepared and rehearsed',
  ]),
  plain(21, 'Sustainability', [
    'Public transport first, shuttle second',
    'Reusable cups and plates',
    'Local suppliers where prices allow',
    'Waste weighed and reported',
  ]),
  budget,
  budgetTable,
  scenarios,
  sponsors,
  marketing,
  registrations,
  preparation,
  plain(16, 'How we measure success', [
    'Attendance: at least 90% of those who said yes',
    'Satisfaction: 8 of 10 or better',
    'Budget: within 3%',
    'Follow-up: half answer the survey',
  ]),
  plain(23, 'Team and responsibilities', [
    'Lead: decides, keeps budget and time',
    'Programme: content and people on stage',
    'Production: venue, technique, suppliers',
    'Communication: invitations, media, partners',
  ]),
  plain(24, 'Communication plan', [
    'Weekly note to all, ten lines',
    'One channel for decisions, one for chatter',
    'Templates for partners',
    'Crisis contacts on one page',
  ]),
  plain(25, 'Permits and insurance', [
    'Event notice to the city',
    'Music licence',
    'Liability and cancellation cover',
    'Food hygiene papers of every caterer',
  ]),
  plain(26, 'Suppliers', [
    'Three offers for every line above 5% of the budget',
    'Payment in thirds: order, delivery, review',
    'Penalty for late delivery',
    'Local references checked',
  ]),
  plain(27, 'Data and privacy', [
    'Only the data that we need',
    'Consent for photographs at registration',
    'Deletion date set',
    'Processor contracts signed',
  ]),
  plain(28, 'Lessons from similar events', [
    'Start registration early',
    'Fewer programme points, longer breaks',
    'Signs, signs, signs',
    'Say thank you twice',
  ]),
  risks,
  plain(29, 'Decisions we need today', ['Budget frame', 'Venue shortlist', 'Date confirmed', 'Lead named']),
];
