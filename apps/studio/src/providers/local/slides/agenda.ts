import type { AgendaPoint } from './deck.js';
import type { Area } from './drawing.js';
import { numbered } from './numbered-cards.js';
import { BODY, GAP, type Page } from './page.js';

/** Of an agenda: more than these do not fit beside one another. */
const MOST_AGENDA_CARDS = 4;

/** Few points stand side by side, with what they are about; many stand in rows. */
export function agenda(page: Page, points: readonly AgendaPoint[]): void {
  if (points.length <= MOST_AGENDA_CARDS) return agendaCards(page, points);
  const across = 2;
  const down = Math.ceil(points.length / across);
  const row = Math.min(1.1, BODY.h / down);
  const card = { w: (BODY.w - GAP * (across - 1)) / across, h: row - Math.min(0.22, row * 0.16) };
  const place = (index: number): Area => ({
    x: BODY.x + Math.floor(index / down) * (card.w + GAP),
    y: BODY.y + (index % down) * row,
    ...card,
  });
  numbered(
    page,
    points.map(({ title }) => title),
    place,
    20,
  );
}

function agendaCards(page: Page, points: readonly AgendaPoint[]): void {
  const { theme } = page;
  const w = (BODY.w - GAP * (points.length - 1)) / points.length;
  const inner = w - 0.7;
  const rows = { title: { y: BODY.y + 1.5, h: 1.15 }, detail: { y: BODY.y + 2.75, h: 1.25 } };
  const titles = page.common(
    points.map(({ title }) => title),
    { w: inner, h: rows.title.h },
    { largest: 24, smallest: 9, colour: theme.ink, bold: true, heading: true },
  );
  const details = page.common(
    points.map(({ detail = '' }) => detail),
    { w: inner, h: rows.detail.h },
    { largest: 16, smallest: 8, colour: theme.muted },
  );
  for (const [index, { title, detail = '', slide }] of points.entries()) {
    const x = BODY.x + index * (w + GAP);
    const text = { x: x + 0.35, w: inner };
    page.rectangle({ x, y: BODY.y, w, h: BODY.h }, theme.surface, { round: true });
    page.rectangle({ x, y: BODY.y, w, h: 0.1 }, theme.mark);
    page.text({ ...text, y: BODY.y + 0.4, h: 0.9 }, [String(index + 1).padStart(2, '0')], {
      ...{ largest: 44, smallest: 14, colour: theme.mark, bold: true, heading: true },
    });
    page.text({ ...text, ...rows.title }, [title], titles);
    page.text({ ...text, ...rows.detail }, [detail], details);
    page.text({ ...text, y: BODY.y + BODY.h - 0.55, h: 0.35 }, [`Slide ${slide}`], {
      ...{ largest: 12, smallest: 8, colour: theme.muted },
    });
  }
}
