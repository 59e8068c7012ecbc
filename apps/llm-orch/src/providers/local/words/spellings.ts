type Rewrite = readonly [form: RegExp, replacement: string];

/** What is spelled out before a text is taken apart. */
export const CONTRACTIONS: readonly Rewrite[] = [
  [/[’‘`]/gu, "'"],
  [/\bcan't\b|\bcannot\b/gu, 'can not'],
  [/\bwon't\b/gu, 'will not'],
  [/\bshan't\b/gu, 'shall not'],
  [/\b(\p{L}+)n't\b/gu, '$1 not'],
  [/\blet's\b/gu, 'let us'],
  [/\b(what|who|where|when|how|it|that|there|here|he|she)'s\b/gu, '$1 is'],
  [/\b(\p{L}+)'re\b/gu, '$1 are'],
  [/\b(\p{L}+)'ve\b/gu, '$1 have'],
  [/\b(\p{L}+)'ll\b/gu, '$1 will'],
  [/\bi'm\b/gu, 'i am'],
  [/\b(i|we|you|they)'d\b/gu, '$1 would'],
  [/\be-mail/gu, 'email'],
  [/\bsign[- ]up\b/gu, 'signup'],
];

/** Ways to ask that say nothing about what is asked for. */
export const COURTESY: readonly RegExp[] = [
  /^(?:hi|hello|hey|good (?:morning|afternoon|evening))(?: there)?\b[,!.]*/u,
  /,?\s*\b(?:please|kindly|many thanks|thanks(?: a lot| so much| in advance)?|thank you(?: very much| so much)?)\b[,!.]*/u,
  /^(?:can|could|would|will) you (?:please )?(?:help (?:me|us) (?:to )?)?/u,
  /^(?:i|we) (?:need|want|would like|would love|am looking for|are looking for) (?:you to |help to |to (?:have|get|see) )?/u,
  /^help (?:me|us) (?:to )?/u,
];

/** Other words for the same, in this order: only what means the same in any sentence. */
export const SAME_PHRASES: readonly Rewrite[] = [
  [/\b(?:turn|switch) on\b|\bactivate\b/gu, 'enable'],
  [/\b(?:turn|switch) off\b|\bdeactivate\b/gu, 'disable'],
  [/\b(?:turn|switch) ([\p{L}\p{N}]+) on\b/gu, 'enable $1'],
  [/\b(?:turn|switch) ([\p{L}\p{N}]+) off\b/gu, 'disable $1'],
  [/\bhow (?:do|can|should) (?:i|we|you|one)\b|\bwhat is (?:the|a) best way to\b/gu, 'how to'],
  [/^(?:come up with|put together)\b/gu, 'write'],
  [
    /^(write|generate|create|draft|compose|make|prepare|give|show|tell|send|plan|find|suggest) (?:me|us)\b/gu,
    '$1',
  ],
  [/\b(\d+) (?:people|persons|attendees|participants|pax)\b/gu, '$1 guests'],
  [/(?<!\p{L})\$ ?(\d(?:[\d.,]*\d)?k?)(?!\p{L})/gu, '$1 usd'],
  [/€ ?(\d(?:[\d.,]*\d)?k?)(?!\p{L})/gu, '$1 eur'],
  [/£ ?(\d(?:[\d.,]*\d)?k?)(?!\p{L})/gu, '$1 gbp'],
  [/₹ ?(\d(?:[\d.,]*\d)?k?)(?!\p{L})/gu, '$1 inr'],
  [/\btwo[- ]factor authentication\b|\b2[- ]factor authentication\b/gu, '2fa'],
];

const SAME_WORDS: readonly string[] = [
  'write: generate create draft compose produce make prepare give',
  'plan: organise organize arrange',
  'planning: organising organizing arranging',
  'tech: technology',
  'children: kids',
  'child: kid',
  'mother: mom mum',
  'father: dad',
  'suggest: recommend',
  'ideas: suggestions',
  'buy: purchase',
  'big: large',
  'begin: start',
  'postpone: delay',
  'usd: $ dollars',
  'eur: € euro euros',
  'gbp: £',
  'inr: ₹ rupees',
  'percent: %',
  'colour: color',
  'centre: center',
  'theatre: theater',
  'programme: program',
  'january: jan',
  'february: feb',
  'august: aug',
  'september: sep sept',
  'october: oct',
  'november: nov',
  'december: dec',
];

/** A word -> the one it counts as. */
export const SAME_WORD: ReadonlyMap<string, string> = new Map(
  SAME_WORDS.flatMap((line) => {
    const [head = '', rest = ''] = line.split(': ');
    return rest.split(' ').map((word) => [word, head] as const);
  }),
);
