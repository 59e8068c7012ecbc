import nlp from 'compromise';

const NUMBER_WORD =
  /\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|half|dozen|couple)\b/i;

/** Long texts are read by rules alone beyond this length: slots stand at the beginning or in the context. */
const MAX_LINE = 2_000;

/** Digits with optional group separators and decimals. */
export const AMOUNT =
  "\\d{1,3}(?:[,’'\\u00a0\\u202f ]\\d{2,3})+(?:\\.\\d+)?|\\d{1,3}(?:\\.\\d{3})+(?:,\\d{1,2})?|\\d+(?:[.,]\\d+)?";

/** "one hundred and fifty people" -> "150 people", line by line; the rest of the text stays as it is. */
export function withDigits(text: string): string {
  return text
    .split('\n')
    .map((line) => (NUMBER_WORD.test(line) && line.length <= MAX_LINE ? digitsOfLine(line) : line))
    .join('\n');
}

function digitsOfLine(line: string): string {
  const prepared = line
    .replace(/\b(?:a|one)?\s*half[- ](?=day)/gi, 'half-')
    .replace(/\ba couple (?:of )?hundred\b/gi, '200')
    .replace(/\b(\w+)[- ](?=(?:day|night|hour|week)s?\b)/gi, '$1 ')
    .replace(/\b(?:a|per) (?=hundred\b|thousand\b|million\b)/gi, 'one ');
  const numbered = nlp(prepared).numbers().toNumber().all().text();
  return numbered
    .replace(/\b(\d+|a|one|half a)\s+dozen(?: of)?\b/gi, (_all, count: string) => String(dozens(count)))
    .replace(/\b(\d+) (hundred|thousand)\b/gi, (_all, count: string, unit: string) =>
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
