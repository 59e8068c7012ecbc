/** Letters that look like Latin ones and are not. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  а: 'a', в: 'b', с: 'c', е: 'e', ё: 'e', һ: 'h', і: 'i', ї: 'i', ј: 'j', к: 'k', м: 'm', н: 'h', о: 'o', р: 'p', ѕ: 's', т: 't', у: 'y', х: 'x',
  α: 'a', β: 'b', ε: 'e', η: 'n', ι: 'i', κ: 'k', ν: 'v', ο: 'o', ρ: 'p', τ: 't', υ: 'u', χ: 'x', ı: 'i', ł: 'l', ø: 'o', ß: 'ss',
}; // prettier-ignore
const DIGITS: Readonly<Record<string, string>> = {
  '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't', '8': 'b', '@': 'a', $: 's', '!': 'i', '|': 'i',
}; // prettier-ignore

const LOOKALIKE = new RegExp(`[${Object.keys(LOOKALIKES).join('')}]`, 'gu');
/** A ligature of more letters than these is a phrase of its own, such as the eighteen of U+FDFA, and hides no word of ours. */
const LONGEST_LIGATURE = 4;

/** One letter for each that looks like it, without marks. */
function plainOf(text: string): string {
  const parts = [...text.normalize('NFC')].map((letter) => {
    if (letter < '\u0080') return letter;
    const apart = letter.normalize('NFKD');
    return apart.length > LONGEST_LIGATURE ? letter : apart;
  });
  return parts
    .join('')
    .toLowerCase()
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .replace(LOOKALIKE, (letter) => LOOKALIKES[letter] ?? letter);
}

/** The ways in which a text can be read: as it stands, with digits as letters, with spelled-out words joined. */
export function readings(text: string): string[] {
  const plain = plainOf(text)
    .replace(/[‐-―_]/g, '-')
    .replace(/(\p{L})\1{2,}/gu, '$1');
  // Whole runs first, then a look for letters: the other way round costs the square of a run without any.
  const letters = plain.replace(/[\w@$!|\p{L}]+/gu, (word) => (/\p{L}/u.test(word) ? spelled(word) : word));
  return [...new Set([plain, letters, joined(plain), joined(letters)])].map((each) =>
    each.replace(/\s+/g, ' '),
  );
}

/** Digits and signs that stand for letters, as letters. */
function spelled(word: string): string {
  return word.replace(/(?!^[!|])[0134578@$!|](?=.)|[01345780@$]$/g, (sign) => DIGITS[sign] ?? sign);
}

/** `p o r n` and `p.o.r.n` as one word. */
function joined(text: string): string {
  return text.replace(/(?<![\p{L}\p{N}])\p{L}(?:[\s.*_/-]+\p{L}(?![\p{L}\p{N}])){2,}/gu, (spelled) =>
    spelled.replace(/[^\p{L}]/gu, ''),
  );
}
