import { mix } from '../images/colour.js';
import { agenda } from './agenda.js';
import { cover, steps } from './covers.js';
import { cleanText, type SlidePlan, type TableData } from './deck.js';
import { type Area, SLIDE, type SlideDrawing } from './drawing.js';
import { BODY, EDGE, GAP, type LayoutContext, Page, pictureArea, TITLE } from './page.js';

const LOGO_GAP = 0.3;

const CORNER: Area = { x: SLIDE.w - EDGE - 2, y: 0.5, w: 2, h: 0.6 };

function cornerLogo(page: Page, { logo }: LayoutContext): void {
  if (logo !== undefined) page.logo(logo, CORNER, 'right', logo.plateOnBackground);
}

function heading(page: Page, title: string, context: LayoutContext): void {
  const { theme, logo } = context;
  const taken = logo === undefined ? 0 : Math.min(CORNER.w, CORNER.h * logo.ratio) + LOGO_GAP;
  page.rectangle({ x: EDGE, y: 0.38, w: 0.6, h: 0.08 }, theme.mark);
  page.text({ ...TITLE, w: TITLE.w - taken }, [title], {
    largest: 32,
    smallest: 14,
    colour: theme.ink,
    bold: true,
    heading: true,
    valign: 'middle',
    isTitle: true,
  });
  cornerLogo(page, context);
}

function columns(page: Page, list: NonNullable<SlidePlan['columns']>, { theme }: LayoutContext): void {
  const w = (BODY.w - GAP * (list.length - 1)) / list.length;
  for (const [index, { heading: head, bullets }] of list.entries()) {
    const x = BODY.x + index * (w + GAP);
    const accent = theme.accents[index % theme.accents.length] ?? theme.primary;
    page.rectangle({ x, y: BODY.y, w, h: BODY.h }, theme.surface, { round: true });
    page.rectangle({ x: x + 0.3, y: BODY.y + 0.3, w: 0.45, h: 0.07 }, accent);
    page.text({ x: x + 0.3, y: BODY.y + 0.45, w: w - 0.6, h: 0.6 }, [head], {
      largest: 20,
      smallest: 11,
      colour: theme.ink,
      bold: true,
      heading: true,
      valign: 'middle',
    });
    page.bullets({ x: x + 0.3, y: BODY.y + 1.2, w: w - 0.6, h: BODY.h - 1.45 }, bullets, 18);
  }
}

const NUMERIC = /^(?:[\p{Sc}\d+-]|[A-Z]{3} \d)/u;
const LONGEST_COLUMN = 34;
const SHORTEST_COLUMN = 9;

function columnsOf({ head, rows }: TableData): { share: number; isNumber: boolean }[] {
  return head.map((title, column) => {
    const cells = rows.map((row) => row[column] ?? '');
    const longest = Math.max(...[title, ...cells].map(({ length }) => length));
    return {
      share: Math.max(SHORTEST_COLUMN, Math.min(LONGEST_COLUMN, longest)),
      isNumber: column > 0 && cells.every((cell) => cell === '' || NUMERIC.test(cell)),
    };
  });
}

function table(page: Page, data: TableData, area: Area): void {
  const { theme } = page;
  const { head, rows } = data;
  const list = columnsOf(data);
  const total = list.reduce((sum, { share }) => sum + share, 0);
  const h = Math.min(0.72, area.h / (rows.length + 1));
  for (const [at, row] of [head, ...rows].entries()) {
    const y = area.y + at * h;
    const fill = at === 0 ? theme.primary : at % 2 === 0 ? theme.surface : theme.background;
    page.rectangle({ x: area.x, y, w: area.w, h: h - 0.04 }, fill);
    let x = area.x;
    for (const [column, { share, isNumber }] of list.entries()) {
      const w = (area.w * share) / total;
      page.text({ x: x + 0.15, y: y + 0.03, w: w - 0.3, h: h - 0.1 }, [row[column] ?? ''], {
        largest: 16,
        smallest: 8,
        colour: at === 0 ? theme.onPrimary : theme.ink,
        bold: at === 0 || column === 0,
        valign: 'middle',
        align: isNumber ? 'right' : 'left',
      });
      x += w;
    }
  }
}

function timeline(page: Page, steps: NonNullable<SlidePlan['timeline']>, area: Area): void {
  const { theme } = page;
  const w = area.w / steps.length;
  const y = area.y + 1.7;
  const [above, below] = [
    { w: w - 0.25, h: 0.9 },
    { w: w - 0.25, h: 2.6 },
  ];
  const options = { smallest: 8, colour: theme.ink };
  const whens = page.common(
    steps.map(({ when }) => when),
    above,
    { ...options, largest: 17, bold: true, heading: true, valign: 'bottom' },
  );
  const whats = page.common(
    steps.map(({ what }) => what),
    below,
    { ...options, largest: 17 },
  );
  page.rectangle({ x: area.x, y: y - 0.03, w: area.w, h: 0.06 }, theme.muted);
  for (const [index, { when, what }] of steps.entries()) {
    const x = area.x + index * w + 0.1;
    const accent = theme.accents[index % theme.accents.length] ?? theme.primary;
    page.rectangle({ x, y: y - 0.14, w: 0.28, h: 0.28 }, accent, { round: true });
    page.text({ x, y: y - 1.2, ...above }, [when], whens);
    page.text({ x, y: y + 0.32, ...below }, [what], whats);
  }
}

function content(page: Page, plan: SlidePlan, context: LayoutContext): void {
  const { theme, picture } = context;
  const { bullets = [], chart } = plan;
  heading(page, plan.title, context);
  if (plan.columns !== undefined) return columns(page, plan.columns, context);
  if (plan.agenda !== undefined && plan.agenda.length > 0) return agenda(page, plan.agenda);
  const area = pictureArea(plan);
  if (picture !== undefined) page.picture(area, picture);
  const left = { ...BODY, w: (picture === undefined ? BODY.x + BODY.w : area.x - GAP) - BODY.x };
  if (chart !== undefined) {
    const aside = { x: BODY.x, y: BODY.y, w: 4.4, h: picture === undefined ? BODY.h : BODY.h - 2.45 };
    const alone = bullets.length === 0 && picture === undefined;
    const chartArea = alone ? BODY : { x: BODY.x + 4.4 + GAP, y: BODY.y, w: BODY.w - 4.4 - GAP, h: BODY.h };
    page.bullets(aside, bullets, 20);
    page.items.push({
      kind: 'chart',
      area: chartArea,
      chart,
      colours: theme.accents,
      ink: theme.ink,
      ground: theme.background,
      grid: mix(theme.background, theme.muted, 0.35),
      style: { font: theme.bodyFont, bold: false },
    });
  } else if (plan.table !== undefined) {
    const intro = bullets.length === 0 ? 0 : 0.95;
    if (intro > 0) page.bullets({ ...left, h: intro - 0.15 }, bullets, 18);
    table(page, plan.table, { ...left, y: left.y + intro, h: left.h - intro });
  } else if (plan.timeline !== undefined) timeline(page, plan.timeline, left);
  else page.bullets(left, bullets, picture === undefined && bullets.length <= 4 ? 26 : 22);
}

function quote(page: Page, plan: SlidePlan, context: LayoutContext): void {
  const { theme } = context;
  cornerLogo(page, context);
  page.rectangle({ x: 1.4, y: 2, w: 0.09, h: 3.2 }, theme.mark);
  page.text({ x: 1.9, y: 2, w: SLIDE.w - 3.8, h: 2.5 }, [plan.title], {
    largest: 34,
    smallest: 12,
    colour: theme.ink,
    heading: true,
    valign: 'middle',
    isTitle: true,
  });
  page.text({ x: 1.9, y: 4.6, w: SLIDE.w - 3.8, h: 0.6 }, [plan.subtitle ?? ''], {
    largest: 18,
    smallest: 9,
    colour: theme.muted,
  });
}

/** Lays a slide out. All text lies within its area: it is made smaller, and in the end cut and moved to the notes. */
export function layOutSlide(plan: SlidePlan, context: LayoutContext): SlideDrawing {
  const { theme, number, deckTitle } = context;
  const page = new Page(theme);
  const isCover = plan.layout === 'title' || plan.layout === 'closing' || plan.layout === 'section';
  const hasSteps =
    plan.layout === 'closing' && (plan.bullets ?? []).length > 0 && context.picture === undefined;
  if (hasSteps) steps(page, plan, context);
  else if (isCover) cover(page, plan, context);
  else if (plan.layout === 'quote') quote(page, plan, context);
  else content(page, plan, context);
  if (!isCover)
    page.text({ x: EDGE, y: 6.9, w: 8, h: 0.32 }, [deckTitle], {
      largest: 10,
      smallest: 7,
      colour: theme.muted,
      valign: 'middle',
    });
  const left = page.left.length === 0 ? [] : ['In full:', ...page.left];
  return {
    background: isCover ? theme.primary : theme.background,
    items: page.items,
    notes: [plan.notes ?? '', ...left]
      .map(cleanText)
      .filter((line) => line !== '')
      .join('\n'),
    ...(isCover
      ? {}
      : {
          number: { text: String(number), colour: theme.muted, style: { font: theme.bodyFont, bold: false } },
        }),
  };
}
