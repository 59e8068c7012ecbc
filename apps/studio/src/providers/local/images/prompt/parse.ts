import type { Brief, Setting, Subject } from './brief.js';
import type { EventKind } from './events.js';
import { type Match, matchPrompt } from './matches.js';
import { HUMAN_ART } from './subject-traits.js';
import { collectAsked, impliedSubjects, MOST_KINDS } from './subjects.js';
import { splitTitle, tokenise } from './tokens.js';

/** Words for events that say little: a more telling word of the same prompt wins. */
const GENERIC_EVENTS = new Set(['corporate', 'party', 'meeting', 'dinner', 'reception', 'conference']);
/** Settings that give way to any other. */
const WEAK_SETTINGS = new Set<Setting>(['abstract', 'stage', 'hall', 'garden', 'room', 'street']);
/** Events whose own place is a stage already: the word "stage" adds nothing. */
const STAGED = new Set<Setting>(['festival', 'conference', 'club', 'stage']);

/** Where a thing is at home, if nothing else says where we are. First match wins. */
const HOMES: ReadonlyArray<readonly [RegExp, Setting]> = [
  [/:(birthday-cake|wrapped-gift|balloon|cupcake|teddy-bear|couch|bed|potted|party-popper)/, 'room'],
  [
    /:(fish|tropical-fish|shark|octopus|whale|dolphin|jellyfish|squid|blowfish|coral|crab|lobster)/,
    'underwater',
  ],
  [/:(rocket|astronaut|alien|flying-saucer|ringed-planet|satellite)/, 'space'],
  [/:(sailboat|ship|passenger-ship|motor-boat|speedboat|lighthouse|anchor)/, 'sea'],
  [/:(sports-car|bus|taxi|bicycle|motor|auto-rickshaw|sport-utility|locomotive|tram|truck)/, 'street'],
  [
    /:(laptop|desktop-computer|bar-chart|briefcase|handshake|network|person-business|light-bulb|gear|robot)/,
    'office',
  ],
  [
    /:(wine|cocktail|hamburger|pizza|spaghetti|sushi|beer|hot-beverage|fork-and|curry|cook|taco|banquet)/,
    'restaurant',
  ],
  [/:(soccer|basketball|tennis|cricket|runner|trophy)/, 'stadium'],
  [/:(guitar|drum|studio-microphone|singer|band|violin|saxophone|musical)/, 'stage'],
  [/:(penguin|polar-bear|snowman|seal|skier|snowboarder)/, 'snowfield'],
  [/:(cactus|two-hump-camel)/, 'desert'],
  [/:(bear|wolf|deer|owl|fox|moose|hedgehog|mushroom|raccoon|tiger|monkey|gorilla)/, 'forest'],
  [/:(candles|chess|books|person-formal|framed)/, 'hall'],
];

function pickSetting(
  wanted: readonly Match[],
  events: readonly EventKind[],
  subjects: readonly Subject[],
): { setting: Setting; known: boolean } {
  const named = wanted.flatMap((match) => match.setting?.setting ?? []);
  if (named.includes('lake')) return { setting: 'lake', known: true };
  const strong =
    named.find((setting) => !WEAK_SETTINGS.has(setting)) ??
    wanted.find((match) => match.place)?.place?.setting;
  if (strong !== undefined) return { setting: strong, known: true };
  const home = events[0]?.setting;
  const weak = named.find((setting) => setting !== 'abstract');
  if (weak !== undefined && !(home !== undefined && STAGED.has(home))) return { setting: weak, known: true };
  if (home !== undefined) return { setting: home, known: true };
  const art = subjects.map((subject) => subject.art).join(' ');
  const natural = HOMES.find(([pattern]) => pattern.test(art))?.[1];
  if (named.includes('abstract')) return { setting: 'abstract', known: true };
  if (natural !== undefined) return { setting: natural, known: false };
  return { setting: subjects.length > 0 ? 'countryside' : 'abstract', known: false };
}

function pickEvents(wanted: readonly Match[]): EventKind[] {
  const all = [...new Set(wanted.flatMap((match) => match.event ?? []))];
  const telling = all.filter(({ name }) => !GENERIC_EVENTS.has(name));
  return (telling.length > 0 ? telling : all).slice(0, 2);
}

function excludedArt(matches: readonly Match[]): (art: string) => boolean {
  const excluded = matches
    .filter((match) => match.negated && match.art !== undefined)
    .map((match) => match.art ?? '');
  const noPeople = excluded.some(
    (art) => HUMAN_ART.test(art) && /person-casual|crowd|person-business/.test(art),
  );
  // A screen is a drawing of its own or a part of the stage: whoever wants none wants neither.
  if (excluded.includes('draw:big-screen') || excluded.includes('decor:screen'))
    excluded.push('draw:big-screen', 'decor:screen');
  return (art) => excluded.includes(art) || (noPeople && HUMAN_ART.test(art));
}

const first = <T>(matches: readonly Match[], read: (match: Match) => T | undefined): T | undefined => {
  for (const match of matches) {
    const value = read(match);
    if (value !== undefined) return value;
  }
  return undefined;
};

function decorOf(
  asked: ReadonlySet<string>,
  events: readonly EventKind[],
  wanted: readonly Match[],
  leftOut: (art: string) => boolean,
): Set<string> {
  const all = new Set([
    ...asked,
    ...events.flatMap(({ decor }) => decor),
    ...wanted.flatMap((match) => match.setting?.decor ?? []),
  ]);
  if (wanted.some((match) => match.setting?.setting === 'mountain')) all.add('peaks');
  if (all.delete('decor')) all.add('bunting').add('lights');
  return new Set([...all].filter((item) => !leftOut(`decor:${item}`)));
}

/** The negative prompt is a list of things: every word of it is to be left out. */
const negatives = (text: string): Match[] =>
  matchPrompt(tokenise(text)).matches.map((match) => ({ ...match, negated: true }));

function trimmed(subjects: readonly Subject[], notes: string[]): Subject[] {
  const dropped = subjects.filter((subject) => subject.asked).slice(MOST_KINDS);
  if (dropped.length > 0)
    notes.push(`not drawn, the picture is full: ${dropped.map(({ label }) => label).join(', ')}`);
  const asked = subjects.filter((subject) => subject.asked).slice(0, MOST_KINDS);
  const room = Math.max(0, Math.max(6, asked.length + 2) - asked.length);
  return [
    ...asked,
    ...subjects.filter((subject) => !subject.asked).slice(0, Math.min(room, MOST_KINDS - asked.length)),
  ];
}

/** Understands a prompt by rules. Pure: the same texts give the same brief. */
export function parsePrompt(prompt: string, negativePrompt = ''): Brief {
  const { title, rest } = splitTitle(prompt);
  const { matches, unknown } = matchPrompt(tokenise(rest));
  const leftOut = excludedArt([...matches, ...negatives(negativePrompt)]);
  const wanted = matches.filter((match) => !match.negated);
  const events = pickEvents(wanted);
  const asked = collectAsked(
    wanted.filter((match) => match.art === undefined || !leftOut(match.art)),
    events,
  );
  const places = wanted.flatMap((match) => match.place ?? []);
  const implied = impliedSubjects(
    events,
    places.flatMap(({ art }) => art),
    asked.subjects,
  ).filter(({ art }) => !leftOut(art));
  const { setting, known } = pickSetting(wanted, events, asked.subjects);
  const weather = first(wanted, (match) => match.weather);
  const notes = [...asked.notes];
  const placeNames = wanted.filter((match) => match.place).map(({ phrase }) => phrase);
  if (placeNames.length > 0)
    notes.push(`${placeNames.join(', ')}: suggested by typical things, not by its real buildings`);
  const skyline =
    places.some((place) => place.skyline) || wanted.some((match) => match.setting?.setting === 'city');
  return {
    time:
      first(wanted, (match) => match.time) ?? (events.some(({ night }) => night === true) ? 'night' : 'day'),
    season: first(wanted, (match) => match.season) ?? (weather === 'snow' ? 'winter' : undefined),
    weather: weather ?? 'clear',
    setting,
    settingKnown: known,
    skyline,
    event: events[0]?.name,
    poster: /\b(poster|flyer|banner|cover|invitation|invite|card|advert\w*)\b/i.test(rest),
    mood: first(wanted, (match) => match.mood) ?? 'neutral',
    colours: [...new Set(asked.colours)].slice(0, 4),
    subjects: trimmed([...asked.subjects, ...implied], notes),
    decor: decorOf(asked.decor, events, wanted, leftOut),
    title,
    undrawn: [...new Set(unknown)].slice(0, 12),
    notes,
  };
}
