const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * At most `most` UTF-16 code units of a text, as vendors and JavaScript count, cut between what readers see as letters: no
 * half of an emoji, no letter without its accent. A single sign longer than that is cut between code points.
 */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = graphemes.segment(text).containing(most)?.index ?? most;
  if (end > 0) return text.slice(0, end);
  return text.slice(0, isInsidePair(text, most) ? most - 1 : most);
}

function isInsidePair(text: string, index: number): boolean {
  return index > 0 && (text.codePointAt(index - 1) ?? 0) > 0xffff;
}
