import type { Hex } from '../images/colour.js';
import type { Area, Item } from './drawing.js';
import { type FontStyle, widthOf } from './fonts.js';

/** What a chart is drawn of; all numbers in points, from the slide's upper left corner. */
export type Mark =
  | {
      readonly kind: 'path';
      readonly d: string;
      readonly fill?: Hex;
      readonly stroke?: Hex;
      readonly width?: number;
    }
  | {
      readonly kind: 'label';
      readonly x: number;
      readonly y: number;
      readonly text: string;
      readonly size: number;
      readonly align: 'left' | 'center' | 'right';
      readonly colour: Hex;
      readonly style: FontStyle;
    };

type ChartItem = Extract<Item, { kind: 'chart' }>;

const POINTS = 72;
const LABEL = 11;

const num = (value: number): string => value.toFixed(2);
const box = (x: number, y: number, w: number, h: number): string =>
  `M${num(x)} ${num(y)}h${num(w)}v${num(h)}h${num(-w)}Z`;

/** A number as a label: thousands grouped, the unit behind where it is a percentage. */
export function numberLabel(value: number, unit: string | undefined): string {
  const grouped = Math.round(value * 100) / 100;
  return `${grouped.toLocaleString('en-US')}${unit === '%' ? '%' : ''}`;
}

/** A label made to fit `width` points. */
function shortened(text: string, style: FontStyle, width: number): string {
  if (widthOf(text, style) * LABEL <= width) return text;
  let shown = [...text];
  while (shown.length > 1 && widthOf(`${shown.join('')}…`, style) * LABEL > width) shown = shown.slice(0, -1);
  return `${shown.join('').trimEnd()}…`;
}

/** A step of 1, 2 or 5 times a power of ten, so that about five lines reach the top. */
function niceStep(top: number): number {
  const rough = Math.max(top, 1e-9) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  return ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
}

function doughnut({ chart, colours, ink, ground, style }: ChartItem, at: Area): Mark[] {
  const values = chart.series[0]?.values ?? [];
  const total = values.reduce((sum, value) => sum + Math.max(0, value), 0) || 1;
  const radius = Math.min(at.h * 0.46, at.w * 0.23);
  const [cx, cy, inner] = [at.x + radius + 8, at.y + at.h / 2, radius * 0.58];
  const legend = cx + radius + 24;
  const row = Math.min(26, at.h / Math.max(1, values.length));
  const marks: Mark[] = [];
  let from = -Math.PI / 2;
  for (const [index, value] of values.entries()) {
    const share = Math.max(0, value) / total;
    const to = from + Math.min(share, 0.9999) * Math.PI * 2;
    const fill = colours[index % colours.length] ?? ink;
    const point = (angle: number, r: number): string =>
      `${num(cx + Math.cos(angle) * r)} ${num(cy + Math.sin(angle) * r)}`;
    const wide = to - from > Math.PI ? 1 : 0;
    const [r, i] = [num(radius), num(inner)];
    const d = `M${point(from, radius)}A${r} ${r} 0 ${wide} 1 ${point(to, radius)}L${point(to, inner)}A${i} ${i} 0 ${wide} 0 ${point(from, inner)}Z`;
    marks.push({ kind: 'path', d, fill, stroke: ground, width: 1.5 });
    const y = cy + (index - (values.length - 1) / 2) * row;
    const text = `${chart.labels[index] ?? ''}: ${numberLabel(value, chart.unit)} (${Math.round(share * 100)}%)`;
    marks.push({ kind: 'path', d: box(legend, y - 5, 10, 10), fill });
    marks.push({
      kind: 'label',
      x: legend + 16,
      y: y + 4,
      text: shortened(text, style, at.x + at.w - legend - 16),
      size: LABEL,
      align: 'left',
      colour: ink,
      style,
    });
    from = to;
  }
  return marks;
}

function axes({ chart, ink, grid, style, colours }: ChartItem, at: Area) {
  const all = chart.series.flatMap(({ values }) => values);
  const step = niceStep(Math.max(0, ...all));
  const top = Math.max(step, Math.ceil(Math.max(0, ...all) / step) * step);
  const bottom = Math.floor(Math.min(0, ...all) / step) * step;
  const plot = { x: at.x + 58, y: at.y + 12, w: at.w - 66, h: at.h - (chart.series.length > 1 ? 64 : 42) };
  const yOf = (value: number): number => plot.y + plot.h * (1 - (value - bottom) / (top - bottom));
  const marks: Mark[] = [];
  for (let value = bottom; value <= top + step / 2; value += step) {
    marks.push({
      kind: 'path',
      d: `M${num(plot.x)} ${num(yOf(value))}h${num(plot.w)}`,
      stroke: grid,
      width: 0.5,
    });
    marks.push({
      kind: 'label',
      x: plot.x - 6,
      y: yOf(value) + 4,
      text: numberLabel(value, chart.unit),
      size: LABEL,
      align: 'right',
      colour: ink,
      style,
    });
  }
  const slot = plot.w / Math.max(1, chart.labels.length);
  for (const [index, label] of chart.labels.entries())
    marks.push({
      kind: 'label',
      x: plot.x + slot * (index + 0.5),
      y: plot.y + plot.h + 18,
      text: shortened(label, style, slot - 4),
      size: LABEL,
      align: 'center',
      colour: ink,
      style,
    });
  if (chart.series.length > 1)
    for (const [index, { name }] of chart.series.entries()) {
      const x = plot.x + (plot.w / chart.series.length) * index;
      marks.push({
        kind: 'path',
        d: box(x, plot.y + plot.h + 30, 10, 10),
        fill: colours[index % colours.length] ?? ink,
      });
      marks.push({
        kind: 'label',
        x: x + 16,
        y: plot.y + plot.h + 39,
        text: shortened(name, style, plot.w / chart.series.length - 24),
        size: LABEL,
        align: 'left',
        colour: ink,
        style,
      });
    }
  return { marks, plot, slot, yOf };
}

function bars(item: ChartItem, at: Area): Mark[] {
  const { chart, colours, ink, style } = item;
  const { marks, plot, slot, yOf } = axes(item, at);
  const width = (slot * 0.64) / chart.series.length;
  const labelled = chart.series.length * chart.labels.length <= 12;
  for (const [index, { values }] of chart.series.entries()) {
    for (const [place, value] of values.entries()) {
      const x = plot.x + slot * (place + 0.18) + width * index;
      const [from, to] = [yOf(Math.max(0, value)), yOf(Math.min(0, value))];
      marks.push({
        kind: 'path',
        d: box(x, from, width, Math.max(0.5, to - from)),
        fill: colours[index % colours.length] ?? ink,
      });
      if (labelled)
        marks.push({
          kind: 'label',
          x: x + width / 2,
          y: from - 4,
          text: numberLabel(value, chart.unit),
          size: LABEL - 1,
          align: 'center',
          colour: ink,
          style,
        });
    }
  }
  return marks;
}

function lines(item: ChartItem, at: Area): Mark[] {
  const { chart, colours, ink } = item;
  const { marks, plot, slot, yOf } = axes(item, at);
  for (const [index, { values }] of chart.series.entries()) {
    const stroke = colours[index % colours.length] ?? ink;
    const points = values.map((value, place) => `${num(plot.x + slot * (place + 0.5))} ${num(yOf(value))}`);
    if (points.length > 1) marks.push({ kind: 'path', d: `M${points.join('L')}`, stroke, width: 2.5 });
    for (const [place, value] of values.entries())
      marks.push({
        kind: 'path',
        d: box(plot.x + slot * (place + 0.5) - 3.5, yOf(value) - 3.5, 7, 7),
        fill: stroke,
      });
  }
  return marks;
}

/** A chart as marks, for the writers that have no charts of their own. */
export function drawChart(item: ChartItem): Mark[] {
  const { x, y, w, h } = item.area;
  const at = { x: x * POINTS, y: y * POINTS, w: w * POINTS, h: h * POINTS };
  if (item.chart.type === 'doughnut') return doughnut(item, at);
  return item.chart.type === 'line' ? lines(item, at) : bars(item, at);
}
