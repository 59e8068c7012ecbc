/** What a listener has patience for: some twenty seconds. */
export const MOST_SPOKEN_CHARACTERS = 300;

/** Of an answer without its code: what is spoken is found in far less, and no pattern takes long over it. */
const MOST_READ_CHARACTERS = 6_000;

export interface SpokenText {
  readonly text: string;
  /** Whether the answer goes on after what is spoken. */
  readonly shortened: boolean;
}

const TABLE_RULE = /^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$/;
const TABLE_ROW = /^\s*\|(.*)\|\s*$/;
const HORIZONTAL_RULE = /^\s*(?:[-*_]\s*){3,}$/;
/** A title, marked as one or bold as a whole. */
const HEADING = /^\s*(?:#{1,6}\s+\S.*|\*\*[^*]+\*\*:?\s*)$/;
/** A note beside the answer: in italics as a whole, as sources are. */
const ASIDE = /^\s*([_*])(?!\1)[^_*]+\1\s*$/;
const LINE_MARKS = /^\s*(?:#{1,6}\s+|>\s*|(?:[-*+•]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?)*/;
const SENTENCE_END = /[.!?…。！？:;]["'”’)]?$/;
const SENTENCES = /[^.!?…。！？]+(?:[.!?…。！？]+["'”’)]?(?=\s|$)|[.!?…]+(?=\S)|$)/gu;

/**
 * An answer as it is read aloud: without markup, addresses, code, notes and all titles but the first, a table row as
 * one sentence, and no more whole sentences than a listener has patience for. Empty where nothing can be said.
 */
export function spokenText(answer: string, most = MOST_SPOKEN_CHARACTERS): SpokenText {
  const prose = withoutCode(answer);
  const said = prose
    .slice(0, MOST_READ_CHARACTERS)
    .split('\n')
    .filter((line) => line.trim() !== '' && !TABLE_RULE.test(line) && !HORIZONTAL_RULE.test(line))
    .filter((line, index) => index === 0 || !(HEADING.test(line) || ASIDE.test(line)))
    .map((line) => plain(asRow(line).replace(LINE_MARKS, '')))
    .filter((line) => /[\p{L}\p{N}]/u.test(line))
    .map((line) => (SENTENCE_END.test(line) ? line : `${line}.`))
    .join(' ');
  const text = beginning(said, most);
  return { text, shortened: text.length < said.length || prose.length > MOST_READ_CHARACTERS };
}

function withoutCode(answer: string): string {
  return answer.replace(/```[\s\S]*?(?:```|$)/g, '\n');
}

/** `| Catering | $1,500 |` is said as `Catering: $1,500`. */
function asRow(line: string): string {
  const cells = TABLE_ROW.exec(line)?.[1]
    ?.split('|')
    .map((cell) => cell.trim());
  if (cells === undefined) return line;
  const [name = '', ...values] = cells.filter((cell) => cell !== '');
  return values.length === 0 ? name : `${name}: ${values.join(', ')}`;
}

function plain(line: string): string {
  return line
    .replace(/!\[[^\]]*\]\([^)]*\)/g, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/<?https?:\/\/\S+/g, '')
    .replace(/<[^>\n]{1,80}>/g, '')
    .replace(/(\*\*|__|~~|`)/g, '')
    .replace(/(?<=^|\s)[*_](\S[^*_]*)[*_](?=\s|[.,;:!?]|$)/g, '$1')
    .replace(/[\p{Extended_Pictographic}\u{FE0F}\u{200D}]/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Whole sentences while they fit; a first one that does not fit ends at a word. */
function beginning(said: string, most: number): string {
  if (said.length <= most) return said;
  let text = '';
  for (const [sentence] of said.matchAll(SENTENCES)) {
    if (text.length + sentence.trimEnd().length > most) break;
    text += sentence;
  }
  if (text.trim() !== '') return text.trim();
  const cut = said.slice(0, most - 1);
  const end = cut.lastIndexOf(' ');
  return `${(end > 0 ? cut.slice(0, end) : cut).replace(/[\s,;:]+$/, '')}…`;
}
