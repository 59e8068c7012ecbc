import type { Family } from '../data/family.js';

export interface CopyLines {
  readonly titles: readonly string[];
  readonly headlines: readonly string[];
  readonly openings: readonly string[];
  readonly bodies: readonly string[];
  readonly audiences: readonly string[];
  readonly calls: readonly string[];
}

/** Wordings by tone. None states a fact that was not given; what is unknown stands in brackets. */
export const COPY: Readonly<Record<Family['tone'], CopyLines>> = {
  business: {
    titles: ['{Name}', '{Name}: ideas you can use on Monday', '{Name}: meet, learn, decide'],
    headlines: [
      'Less theory, more of what works.',
      'The conversations you will still use next year.',
      'One room, the right people, clear next steps.',
    ],
    openings: [
      'Some questions are solved faster in one room than in a hundred messages. Our {name} brings together the people who work on them, {where}, {when}.',
      'Join us {where} {when} for {aName} made for people who build, decide and want to compare notes with others who do the same.',
      'What is changing, what is hype, and what is worth starting now? {when}, our {name} looks for honest answers {where}.',
    ],
    bodies: [
      'The programme mixes short talks with working sessions, so that every idea meets a real case: [first speaker or session], [second session], [hands-on part]. Between sessions there is time for the talks that no agenda can plan.',
      'Expect clear stories instead of sales pitches: [main session] opens, [workshop] lets you try things out, and [closing session] gathers what to take home. Breaks are long on purpose.',
      'You will hear how others did it, including what went wrong, test ideas in small groups around [workshop topic], and leave with contacts that you can call the week after. On stage: [speakers].',
    ],
    audiences: [
      'For [target group]: newcomers find orientation, experienced people find equals.',
      'Made for [target group], from specialists to those who decide about budgets.',
      'Whether you lead a team or do the work yourself: if [topic question] is on your desk, this is your day.',
    ],
    calls: [
      'Reserve your place: [link].',
      'Register by [deadline]: [link].',
      'Places are limited to [number]; sign up at [link].',
    ],
  },
  festive: {
    titles: ['{Name}', '{Name}: you are invited', 'Come and celebrate: {name}'],
    headlines: [
      'Good company, good food, a night to remember.',
      'You bring the mood, we bring the rest.',
      'Some evenings deserve a date in the calendar.',
    ],
    openings: [
      'There are days that should not pass quietly. We celebrate with {aName} {where}, {when}, and would love to have you with us.',
      'Put on something you like to be seen in: our {name} takes place {when}, {where}.',
      'Old friends, new faces, one long table: come to our {name} {where}, {when}.',
    ],
    bodies: [
      'We begin with [welcome], sit down together for [food], and keep plenty of time for what matters most: each other. [Special moment] is planned, the rest is up to you.',
      'There will be [food and drinks], [programme highlight] and a little surprise that we do not give away here. Come hungry and stay as long as you like.',
      'The evening moves from a relaxed welcome to [highlight] and ends when the last story has been told. Everything else is arranged.',
    ],
    audiences: [
      'Please tell us by [date] whether you are coming, with whom, and what you do not eat.',
      'Partners are [welcome / not included]; children [welcome / at home this time].',
      'Dress code: [dress code]. If you need help with travel or a room, call [contact].',
    ],
    calls: [
      'Reply by [date]: [contact].',
      'Say yes at [link].',
      'Let us know at [contact]; we are looking forward to you.',
    ],
  },
  public: {
    titles: ['{Name}', '{Name}: come early, stay late', 'All at one place: {name}'],
    headlines: [
      'Come for one thing, stay for everything else.',
      'Your place, your people, your programme.',
      'Doors open. Curiosity in.',
    ],
    openings: [
      'For [number of days or hours] everything turns around [main theme]: {aName} opens {where}, {when}.',
      'Discover, listen, taste and try out: our {name} invites you {where}, {when}.',
      'Big moments and small discoveries next to each other: that is our {name}, {where}, {when}.',
    ],
    bodies: [
      'Look forward to [highlight 1], [highlight 2] and [highlight 3], with [food area] in between.',
      'The programme runs from [start] to [end]: [main attraction] in the centre, [side programme] around it, and [what there is for families].',
      'Plan your day with the map at [link]: [highlight 1] starts at [time], [highlight 2] follows, and there is always something to find on the way.',
    ],
    audiences: [
      'For everyone who [interest]; children under [age] come in free.',
      'Come alone, with friends or with the family; [how to get there, access without steps].',
      'Best reached by [public transport stop]; bicycles are parked at [place].',
    ],
    calls: [
      'Tickets and programme: [link].',
      'Get your ticket at [link] before [early price ends].',
      'See the full programme at [link].',
    ],
  },
  children: {
    titles: ['{Name}', 'Let us celebrate: {name}', 'Ready, steady, party: {name}'],
    headlines: [
      'Games, cake and a lot of laughing.',
      'Bring your best ideas and comfortable shoes.',
      'Adventure starts at [start time].',
    ],
    openings: [
      'You are invited to our {name}, {where}, {when}! There will be games, cake and a surprise.',
      'Hooray, we are celebrating: {name} {where}, {when}. Will you come?',
      'Put on clothes that may get dirty and come to our {name} {where}, {when}!',
    ],
    bodies: [
      'We play [game], hunt for [treasure] and eat [snack]. Afterwards everybody takes something home.',
      'First we get to know each other, then [main attraction] begins, and at the end there is cake.',
      'There is time for wild games, for crafts and for doing nothing at all.',
    ],
    audiences: [
      'Dear parents: please tell us about allergies and who picks up your child at [end time].',
      'Parents are welcome to stay for coffee; pick-up is at [end time].',
      'Please send socks, rain clothes and a phone number that is answered.',
    ],
    calls: [
      'Please reply by [date] to [contact].',
      'Tell us by [date] if you can come: [contact].',
      'We are looking forward to you: [contact].',
    ],
  },
  sombre: {
    titles: ['{Name}', '{Name} for [name]'],
    headlines: ['Together we remember.', 'In memory of [name].'],
    openings: [
      'We gather {where}, {when}, to remember [name] and to be together.',
      'With family and friends we take leave of [name] {when}, {where}.',
    ],
    bodies: [
      'There will be words by [speakers], moments of silence, and time afterwards to talk over tea and coffee.',
      'Those who wish may share a memory or write in the condolence book. Afterwards everyone is welcome to stay.',
    ],
    audiences: [
      'Instead of flowers the family asks for a donation to [charity], if you wish.',
      'Please let us know if you need a seat near the entrance or a lift.',
    ],
    calls: ['Please tell [contact] by [date] whether you can come.', 'Questions are answered by [contact].'],
  },
};
