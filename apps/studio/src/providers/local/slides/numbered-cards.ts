import type { Area } from './drawing.js';
import type { Page } from './page.js';

/** Cards with a number and a text each, all in one size. */
export function numbered(
  page: Page,
  texts: readonly string[],
  place: (index: number) => Area,
  largest: number,
): void {
  const { surface, ink, primary, onPrimary } = page.theme;
  const badgeOf = ({ h }: Area): number => Math.min(0.8, h - 0.12);
  const wordsOf = (card: Area): Area => {
    const indent = badgeOf(card) + 0.65;
    return { x: card.x + indent, y: card.y + 0.05, w: card.w - indent - 0.2, h: card.h - 0.1 };
  };
  const options = { largest, smallest: 8, colour: ink, valign: 'middle' } as const;
  const words = page.common(texts, wordsOf(place(0)), options);
  for (const [index, text] of texts.entries()) {
    const card = place(index);
    const badge = badgeOf(card);
    const spot = { x: card.x + 0.25, y: card.y + (card.h - badge) / 2, w: badge, h: badge };
    page.rectangle(card, surface, { round: true });
    page.rectangle(spot, primary, { round: true });
    page.text(spot, [String(index + 1)], {
      ...{ largest: Math.min(24, badge * 30), smallest: 6, colour: onPrimary },
      ...{ bold: true, heading: true, align: 'center', valign: 'middle' },
    });
    page.text(wordsOf(card), [text], words);
  }
}
