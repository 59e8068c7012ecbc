import nlp from 'compromise';

const NUMBER_WORD =
  /\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|half|dozen|couple)\b/i;
const NUMBER_WORDS = new RegExp(NUMBER_WORD.source, 'gi');

/** Long texts are read by rules alone beyond this length: slots stand at the beginning or in the context. */
const MAX_LINE = 2_000;
/** compromise takes time with the square of the numbers in a line; beyond these the plain rule below reads them. */
const MAX_NUMBER_WORDS = 12;
const MAX_NUMBERS = 24;
/** Lines of one text that compromise reads. */
const MAX_PARSED_LINES = 60;

/** Digits with optional group separators and decimals. */
export const AMOUNT =
  "\\d{1,3}(?:[,’'\\u00a0\\u202f ]\\d{2,3})+(?:\\.\\d+)?|\\d{1,3}(?:\\.\\d{3})+(?:,\\d{1,2})?|\\d+(?:[.,]\\d+)?";

/** "one hundred and fifty people" -> "150 people", line by line; the rest of the text stays as it is. */
export function withDigits(text: string): string {
  let parsed = 0;
  return text
    .split('\n')
    .map((line) => {
      if (!NUMBER_WORD.test(line) || line.length > MAX_LINE) return line;
      if (parsed >= MAX_PARSED_LINES || isCrowded(line)) return digitsByRule(line);
      parsed += 1;
      return digitsOfLine(line);
    })
    .join('\n');
}

function isCrowded(line: string): boolean {
  const words = line.match(NUMBER_WORDS)?.length ?? 0;
  return words > MAX_NUMBER_WORDS || words + (line.match(/\d+/g)?.length ?? 0) > MAX_NUMBERS;
}

const ONES = 'one two three four five six seven eight nine'.split(' ');
const TEENS = 'ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(' ');
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const WORTH = new Map<string, number>([
  ...ONES.map((word, index) => [word, index + 1] as const),
  ...TEENS.map((word, index) => [word, index + 10] as const),
  ...TENS.map((word, index) => [word, (index + 2) * 10] as const),
  ['a', 1],
]);
const UNDER_100 = `(?:(?:${TENS.join('|')})(?:[ -](?:${ONES.join('|')}))?|${TEENS.join('|')}|${ONES.join('|')})`;
const UNDER_1000 = `(?:(?:${UNDER_100}|a) hundred(?: (?:and )?${UNDER_100})?|${UNDER_100})`;
const WRITTEN_OUT = new RegExp(
  `\\b(?:(?:${UNDER_1000}|a) (?:thousand|million)(?: (?:and )?${UNDER_1000})?|${UNDER_1000})\\b`,
  'gi',
);

/** "one hundred and fifty people" -> "150 people" where a line holds too many numbers to be parsed. */
export function digitsByRule(line: string): string {
  return line.replace(WRITTEN_OUT, (said) => String(writtenValue(said)));
}

function writtenValue(said: string): number {
  let total = 0;
  let group = 0;
  for (const word of said.toLowerCase().split(/[ -]/)) {
    if (word === 'hundred') group *= 100;
    else if (word === 'thousand' || word === 'million') {
      total += group * (word === 'thousand' ? 1e3 : 1e6);
      group = 0;
    } else group += WORTH.get(word) ?? 0;
  }
  return total + group;
}

function digitsOfLine(line: string): string {
  const prepared = line
    .replace(/\b(?:a|one)?\s*half[- ](?=day)/gi, 'half-')
    .replace(/\ba couple (?:of )?hundred\b/gi, '200')
    .replace(/\b(\w+)[- ](?=(?:day|night|hour|week)s?\b)/gi, '$1 ')
    .replace(/\b(?:a|per) (?=hundred\b|thousand\b|million\b)/gi, 'one ');
  const numbered = nlp(prepared).numbers().toNumber().all().text();
  return withUnits(keepsFigures(prepared, numbered) ? numbered : digitsByRule(prepared));
}

/** "120,000, first one" is two numbers: a reading that lost a figure of the text is not believed. */
function keepsFigures(before: string, after: string): boolean {
  const figures = before.match(/\d+(?:[.,]\d+)*/g) ?? [];
  const rest = (after.match(/\d+(?:[.,]\d+)*/g) ?? []).slice();
  return figures.every((figure) => {
    const at = rest.indexOf(figure);
    return at >= 0 && rest.splice(at, 1).length === 1;
  });
}

function withUnits(numbered: string): string {
  return numbered
    .replace(/\b(\d+|a|one|half a)\s+dozen(?: of)?\b/gi, (_all, count: string) => String(dozens(count)))
    .replace(/(?<![\d.,])(\d+) (hundred|thousand)\b/gi, (_all, count: string, unit: string) =>
      String(Number(count) * (unit.toLowerCase() === 'hundred' ? 100 : 1000)),
    );
}

function dozens(count: string): number {
  if (/half/i.test(count)) return 6;
  return /^\d/.test(count) ? Number(count) * 12 : 12;
}

/** The value of an {@link AMOUNT}; commas and points are read by the shape of their groups. */
export function amountValue(written: string): number {
  const bare = written.replace(/[’'\u00a0\u202f ]/g, '');
  if (/^\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?$/.test(bare)) return Number(bare.replace(/,/g, ''));
  if (/^\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?$/.test(bare))
    return Number(bare.replace(/\./g, '').replace(',', '.'));
  return Number(bare.replace(/,(\d{1,2})$/, '.$1').replace(/,/g, ''));
}

const SCALES: Readonly<Record<string, number>> = {
  k: 1e3,
  thousand: 1e3,
  grand: 1e3,
  m: 1e6,
  mn: 1e6,
  mio: 1e6,
  million: 1e6,
  bn: 1e9,
  billion: 1e9,
  lakh: 1e5,
  lakhs: 1e5,
  lac: 1e5,
  lacs: 1e5,
  l: 1e5,
  crore: 1e7,
  crores: 1e7,
  cr: 1e7,
};

/** Factor of "k", "lakh", "million"; 1 for none. */
export function scaleFactor(scale: string | undefined): number {
  return scale === undefined ? 1 : (SCALES[scale.toLowerCase()] ?? 1);
}
