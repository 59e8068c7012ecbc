import type { SlidePlan } from './deck.js';
import { type Area, SLIDE } from './drawing.js';
import { numbered } from './numbered-cards.js';
import { EDGE, type LayoutContext, type Page, pictureArea } from './page.js';

/** Of a cover without a picture: how far its words go, and where its bands begin. */
const COVER_WORDS_W = 8.2;
const BANDS = [
  { x: 9.6, opacity: 0.07 },
  { x: 10.9, opacity: 0.1 },
  { x: 12.2, opacity: 0.14 },
];

function coverLogo(page: Page, { logo }: LayoutContext): void {
  if (logo !== undefined) page.logo(logo, { x: EDGE, y: 0.5, w: 2.6, h: 0.75 }, 'left', logo.plateOnPrimary);
}

function coverTitle(page: Page, title: string, area: Area): void {
  const { onPrimary: colour } = page.theme;
  page.rectangle({ x: area.x, y: area.y - 0.3, w: 0.9, h: 0.09 }, colour);
  page.text(area, [title], {
    largest: 46,
    smallest: 18,
    colour,
    bold: true,
    heading: true,
    valign: 'top',
    isTitle: true,
  });
}

/** A title over the whole slide, beside its picture where there is one. */
export function cover(page: Page, plan: SlidePlan, context: LayoutContext): void {
  const { theme, picture } = context;
  const { subtitle = '', bullets = [] } = plan;
  const area = pictureArea(plan);
  const w = picture === undefined ? COVER_WORDS_W : area.x - EDGE * 2;
  if (picture !== undefined) page.picture(area, picture);
  else
    for (const { x, opacity } of BANDS)
      page.rectangle({ ...SLIDE, x, w: SLIDE.w - x }, theme.onPrimary, { opacity });
  coverTitle(page, plan.title, { x: EDGE, y: 1.85, w, h: 2.5 });
  page.text({ x: EDGE, y: 4.5, w, h: 1.6 }, [subtitle, ...bullets], {
    largest: 20,
    smallest: 9,
    colour: theme.onPrimary,
  });
  coverLogo(page, context);
}

/** What is to be done, as numbered steps beside the title. */
export function steps(page: Page, plan: SlidePlan, context: LayoutContext): void {
  const { theme } = context;
  const { bullets = [], subtitle = '' } = plan;
  const panel = SLIDE.w * 0.38;
  page.rectangle({ ...SLIDE, x: panel, w: SLIDE.w - panel }, theme.background);
  const w = panel - EDGE * 1.5;
  coverTitle(page, plan.title, { x: EDGE, y: 2.5, w, h: 1.3 });
  page.text({ x: EDGE, y: 3.95, w, h: 1.4 }, [subtitle], {
    largest: 18,
    smallest: 9,
    colour: theme.onPrimary,
  });
  const [x, top, room] = [panel + EDGE, 0.95, SLIDE.h - 1.9];
  const row = Math.min(1.65, room / bullets.length);
  const gap = Math.min(0.3, row * 0.16);
  const from = top + (room - row * bullets.length) / 2;
  const card = { x, w: SLIDE.w - EDGE - x, h: row - gap };
  numbered(page, bullets, (index) => ({ ...card, y: from + index * row }), 22);
  coverLogo(page, context);
}
