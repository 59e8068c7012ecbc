import type { Brief } from '../brief.js';
import { FAMILIES } from '../data/families.js';
import { placed } from '../plan/headlines.js';
import { capitalised, eventName, formatCount, formatEventDate, withArticle } from '../plan/wording.js';
import type { Answer, Question } from './answer.js';
import { pick, section } from './answer.js';
import { answered } from './answered.js';
import { endOf, priceOf, startOf } from './figures.js';
import { COPY } from './copy-lines.js';

const NOTHING_INVENTED =
  'facts that were not given stand as [placeholders]: speakers, prices and times were not invented';

interface Facts {
  readonly name: string;
  readonly Name: string;
  readonly aName: string;
  readonly when: string;
  readonly where: string;
  readonly topic: string;
  readonly crowd: string;
}

function factsOf(brief: Brief): Facts {
  const name = eventName(brief);
  return {
    name,
    Name: capitalised(name),
    aName: withArticle(name),
    when: brief.date
      ? brief.date.precision === 'day'
        ? `on ${formatEventDate(brief.date)}`
        : `in ${formatEventDate(brief.date)}`
      : 'on [date]',
    where: placed(brief).trim() || 'at [venue, city]',
    topic: brief.topic ?? brief.theme ?? '[topic]',
    crowd: brief.guests ? `${formatCount(brief.guests.count)} guests` : '[number] guests',
  };
}

function say(lines: readonly string[], facts: Facts, question: Question, spot: string): string {
  const text = pick(lines, question.seed, spot).replace(
    /\{(\w+)\}/g,
    (_all, key: string) => facts[key as keyof Facts] ?? '',
  );
  return withKnown(text, question.brief);
}

/** Placeholders whose fact was given after all. */
function withKnown(text: string, brief: Brief): string {
  const { audience, days, daysStated, hours, guests } = brief;
  const length =
    daysStated === 'stated' && days > 1 ? `${days} days` : hours === undefined ? undefined : `${hours} hours`;
  const known: Record<string, string | undefined> = {
    'target group': audience,
    'start time': startOf(brief),
    start: startOf(brief),
    'end time': endOf(brief),
    end: endOf(brief),
    'number of days or hours': length,
    'main theme': brief.theme,
    number: guests && formatCount(guests.count),
  };
  return text.replace(/\[([^\]]{3,40})\]/g, (placeholder, name: string) => known[name] ?? placeholder);
}

/** Description of an event: what it is, what to expect, whom it is for, when and where. */
export function descriptionAnswer(question: Question): Answer {
  const { brief } = question;
  const facts = factsOf(brief);
  const { tone } = FAMILIES[brief.type.family];
  const lines = COPY[tone];
  const title = say(lines.titles, facts, question, 'title');
  const opening = say(lines.openings, facts, question, 'opening');
  const body = say(lines.bodies, facts, question, 'body');
  const audience = say(lines.audiences, facts, question, 'audience');
  const details = detailLines(brief, facts);
  const call = say(lines.calls, facts, question, 'call');
  const sections = [
    section('opening', `# ${title}\n\n${opening}`, opening),
    section('details', `**Details**\n${details.map((line) => `- ${line}`).join('\n')}`, details.join(' · ')),
    section('body', body),
    section('call', call),
    section('audience', audience),
  ];
  const order = ['opening', 'body', 'audience', 'details', 'call'];
  const sorted = question.json
    ? sections
    : [...sections].sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
  return answered(
    question,
    sorted,
    { title, description: [opening, body, audience, call].join('\n\n'), details },
    [NOTHING_INVENTED],
  );
}

function detailLines(brief: Brief, { where, when }: Facts): string[] {
  const price = priceOf(brief);
  return [
    `When: ${when.replace(/^(?:on|in) /, '')}, ${startOf(brief) ?? '[start time]'} to ${endOf(brief) ?? '[end time]'}`,
    `Where: ${where.replace(/^(?:in|at) /, '')}`,
    ...(brief.guests ? [`Places: ${formatCount(brief.guests.count)}`] : []),
    ...(brief.audience === undefined ? [] : [`For: ${brief.audience}`]),
    ...(price === undefined ? [] : [`Price: ${price}`]),
    ...(brief.needs.length > 0 ? [`Provided: ${brief.needs.join(', ')}`] : []),
    `Tickets or replies: [link] by [deadline]`,
  ];
}

/** Headline, short and long copy, posts, hashtags and subject lines. */
export function marketingAnswer(question: Question): Answer {
  const { brief } = question;
  const facts = factsOf(brief);
  const lines = COPY[FAMILIES[brief.type.family].tone];
  const headline = say(lines.headlines, facts, question, 'headline');
  const short = say(lines.openings, facts, question, 'short');
  const long = `${short} ${say(lines.bodies, facts, question, 'long')}`;
  const call = say(lines.calls, facts, question, 'call');
  const posts = [
    `${headline} ${facts.Name} ${facts.where}, ${facts.when}. ${call}`,
    `Save the date: ${facts.name} ${facts.when}, ${facts.where}. Who are you bringing?`,
    `Last places for our ${facts.name} ${facts.where}. ${call}`,
    `${facts.Name} ${facts.where}: [one surprising detail]. ${call}`,
    `Who is coming with you to our ${facts.name} ${facts.when}? Tag them. ${call}`,
  ].slice(0, wantedPosts(question.prompt) ?? USUAL_POSTS);
  const subjects = [
    headline.replace(/\.$/, ''),
    `You are invited: ${facts.name} ${facts.when}`,
    `${facts.Name}: what to expect`,
  ];
  const hashtags = hashtagsOf(brief);
  const value = { headline, short, long, call, posts, subjects, hashtags };
  const sections = [
    section(
      'headline',
      LINES_ASKED.test(question.prompt)
        ? lines.headlines.map((line) => `- ${line}`).join('\n')
        : `# ${headline}`,
    ),
    section('copy', `${long}\n\n**${call}**`, `${short} **${call}**`),
    section(
      'posts',
      `## Social posts\n${posts.map((post, index) => `${index + 1}. ${post}`).join('\n')}`,
      `## Social post\n${posts[0] ?? ''}`,
    ),
    section('subjects', `## Subject lines\n${subjects.map((line) => `- ${line}`).join('\n')}`),
    section('hashtags', hashtags.join(' ')),
  ];
  const first = POSTS_ASKED.test(question.prompt) ? ['posts', 'hashtags'] : [];
  const ordered = [...sections].sort((a, b) => Number(first.includes(b.id)) - Number(first.includes(a.id)));
  return answered(question, ordered, value, [NOTHING_INVENTED]);
}

const USUAL_POSTS = 3;
const LINES_ASKED = /\b(?:taglines?|slogans?|headlines?)\b/i;
const POSTS_ASKED = /\b(?:tweets?|posts?|captions?)\b/i;
const WANTED_POSTS =
  /\b([1-5]|one|two|three|four|five)\s+(?:[\p{L}]+\s){0,2}(?:tweets?|posts?|captions?)\b/iu;

function wantedPosts(prompt: string): number | undefined {
  const said = WANTED_POSTS.exec(prompt.slice(0, 200))?.[1]?.toLowerCase();
  return said === undefined
    ? undefined
    : Number(said) || 'zero one two three four five'.split(' ').indexOf(said);
}

function hashtagsOf({ type, typeName = type.label, topic, place, theme }: Brief): string[] {
  const words = [topic === undefined ? typeName : `${topic} ${typeName}`, place.name, theme].filter(
    (word) => word !== undefined,
  );
  const tags = words.map(
    (word) =>
      `#${word
        .split(/[^\p{L}\d]+/u)
        .map(capitalised)
        .join('')}`,
  );
  return [...new Set([...tags, '#Events'])];
}
