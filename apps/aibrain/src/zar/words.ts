const STOP_WORDS = new Set(
  'the a an and or but of to in on at for with from by is are was were be been has have had it its this that these those as we you they he she i our your their will would can could should so if than then there which who what when where how also into about over after before more most very'.split(
    ' ',
  ),
);
const NEGATION =
  /\b(?:not|no|never|none|nothing|neither|without|cannot|avoid|won[’']t|can[’']t|isn[’']t|aren[’']t|don[’']t|doesn[’']t|shouldn[’']t)\b/i;
/** Sentences that speak to whoever reads the answer: they are text, never an order, and count for nothing. */
const ORDER_TO_READER =
  /\b(?:ignore|disregard|forget|override)\b.{0,60}\b(?:instructions?|prompts?|rules|above|previous|prior|others?|answers?)\b|\b(?:system prompt|you are now|act as an?|jailbreak|score (?:me|this|mine)|rank (?:me|this|mine))\b/i;
const SENTENCE_END = /(?<=[.!?;])\s+(?=["“(]?[\p{Lu}\d])/u;
const MARKUP = /^[\s>#*•|-]+|[*_`#|]+/g;

export const NUMBER = /\d+(?::\d{2})|\d(?:[\d,.\u00a0]*\d)?/g;

/** Whether a sentence gives orders to its reader instead of answering. */
export function isOrder(sentence: string): boolean {
  return ORDER_TO_READER.test(sentence);
}

/** A text without the sentences that give orders to its reader, each of which leaves `instead`. */
export function withoutOrders(text: string, instead = ''): string {
  return text
    .split('\n')
    .map((line) =>
      line
        .split(/(?<=[.!?])\s+/)
        .map((sentence) => (isOrder(sentence) ? instead : sentence))
        .filter((sentence) => sentence !== '')
        .join(' '),
    )
    .join('\n');
}

export function isNegated(sentence: string): boolean {
  return NEGATION.test(sentence);
}

/** Lines and sentences without their markup. */
export function sentencesOf(text: string): string[] {
  return text
    .split('\n')
    .flatMap((line) => line.replace(MARKUP, ' ').split(SENTENCE_END))
    .map((sentence) => sentence.replace(/\s+/g, ' ').trim())
    .filter((sentence) => sentence.length > 2);
}

/** Words that carry meaning, in their simplest form; figures are among them. */
export function contentWords(text: string): string[] {
  const figures = numbersOf(text);
  const words = (text.toLowerCase().match(/\p{L}{2,}/gu) ?? [])
    .filter((word) => !STOP_WORDS.has(word))
    .map((word) => word.replace(/(?:ies|es|s)$/, ''));
  return [...words, ...figures];
}

/** Figures as written, one way of writing each: `5,000` and `5000.00` are `5000`. */
export function numbersOf(text: string): string[] {
  return (text.match(NUMBER) ?? []).map(canonicalNumber);
}

export function canonicalNumber(written: string): string {
  if (written.includes(':')) return written.replace(/^0/, '');
  const plain = written.replaceAll(',', '').replaceAll('\u00a0', '');
  const value = Number(plain);
  return Number.isFinite(value) ? String(value) : plain;
}
