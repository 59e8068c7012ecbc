/** Letters that look like Latin ones and are not. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  а: 'a', в: 'b', с: 'c', е: 'e', ё: 'e', һ: 'h', і: 'i', ї: 'i', ј: 'j', к: 'k', м: 'm', н: 'h', о: 'o', р: 'p', ѕ: 's', т: 't', у: 'y', х: 'x',
  α: 'a', β: 'b', ε: 'e', η: 'n', ι: 'i', κ: 'k', ν: 'v', ο: 'o', ρ: 'p', τ: 't', υ: 'u', χ: 'x', ı: 'i', ł: 'l', ø: 'o', ß: 'ss',
}; // prettier-ignore
const DIGITS: Readonly<Record<string, string>> = {
  '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't', '8': 'b', '@': 'a', $: 's', '!': 'i', '|': 'i',
}; // prettier-ignore

/** The ways in which a text can be read: as it stands, with digits as letters, with spelled-out words joined. */
export function readings(text: string): string[] {
  const plain = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .replace(/./gu, (letter) => LOOKALIKES[letter] ?? letter)
    .replace(/[‐-―_]/g, '-')
    .replace(/(\p{L})\1{2,}/gu, '$1');
  const letters = plain.replace(/[\w@$!|]*\p{L}[\w@$!|]*/gu, (word) =>
    word.replace(/(?!^[!|])[0134578@$!|](?=.)|[01345780@$]$/g, (sign) => DIGITS[sign] ?? sign),
  );
  return [...new Set([plain, letters, joined(plain), joined(letters)])].map((each) =>
    each.replace(/\s+/g, ' '),
  );
}

/** `p o r n` and `p.o.r.n` as one word. */
function joined(text: string): string {
  return text.replace(/(?<![\p{L}\p{N}])\p{L}(?:[\s.*_/-]+\p{L}(?![\p{L}\p{N}])){2,}/gu, (spelled) =>
    spelled.replace(/[^\p{L}]/gu, ''),
  );
}
