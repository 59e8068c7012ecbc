import type { Random } from '../random.js';
import { circle, ellipse, polygon, rect, stroke } from '../svg.js';
import { type Draw, drawing } from './drawing.js';
import { singingPerson, speakingPerson } from './figures.js';

/** A person behind a lectern. */
export const speaker: Draw = (random, colour) => {
  const person = speakingPerson(random, colour);
  const desk =
    polygon(
      [
        [38, 58],
        [80, 58],
        [75, 100],
        [43, 100],
      ],
      '#8a5b3c',
    ) +
    rect(35, 54, 48, 6, '#a9744d', { rx: 2 }) +
    circle(59, 78, 7, '#ffd23f') +
    stroke('M59 54Q59 46 52 42', '#3b3f48', 1.6) +
    circle(51, 41, 2.6, '#3b3f48');
  return drawing(86, 100, person.body, desk);
};

function musician(random: Random, x: number, extra: string): string {
  return `<g transform="translate(${x} 0)">${singingPerson(random, undefined).body}${extra}</g>`;
}

/** Four musicians. */
export const band: Draw = (random) => {
  const guitar = `<g transform="translate(30 58) rotate(-24)">${ellipse(-6, 0, 9, 7, '#c0392b')}${rect(0, -1.6, 28, 3.2, '#5d3a20')}${rect(27, -2.6, 6, 5.2, '#3b2414')}${circle(-6, 0, 2.6, '#2a1410')}</g>`;
  const drums =
    circle(30, 80, 17, '#d7dde5', { stroke: '#8a2be2', 'stroke-width': 3 }) +
    circle(30, 80, 7, '#8a2be2', { opacity: 0.5 }) +
    rect(8, 64, 15, 10, '#8a2be2', { rx: 2 }) +
    rect(37, 64, 15, 10, '#8a2be2', { rx: 2 }) +
    stroke('M2 98L8 56', '#b9c0c9', 1.6) +
    ellipse(8, 55, 10, 2.2, '#f2c14e') +
    stroke('M58 98L52 56', '#b9c0c9', 1.6) +
    ellipse(52, 55, 10, 2.2, '#f2c14e');
  const keys =
    rect(8, 52, 46, 8, '#2f2f3a', { rx: 2 }) +
    rect(11, 53.5, 40, 4, '#ffffff') +
    stroke('M14 98L46 60M46 98L14 60', '#8d949e', 2);
  const stand = stroke('M46 98V27', '#8d949e', 1.6);
  return drawing(
    196,
    100,
    musician(random, 46, drums),
    musician(random, 0, guitar),
    musician(random, 92, stand),
    musician(random, 136, keys),
  );
};

/** A person behind turntables. */
export const dj: Draw = (random, colour) => {
  const person = singingPerson(random, colour);
  const deck =
    polygon(
      [
        [0, 60],
        [104, 60],
        [98, 100],
        [6, 100],
      ],
      '#35304f',
    ) +
    rect(-2, 55, 108, 7, '#4b4470', { rx: 2 }) +
    ellipse(24, 56, 16, 4, '#c9ced6') +
    ellipse(80, 56, 16, 4, '#c9ced6') +
    rect(46, 53, 12, 5, '#ff4d8d') +
    [20, 36, 52, 68, 84]
      .map((x, index) =>
        rect(x - 4, 90 - index * 4, 8, 6 + index * 4, index % 2 === 0 ? '#23e0d0' : '#ff4d8d'),
      )
      .join('');
  return drawing(
    108,
    100,
    `<g transform="translate(24 0)">${person.body}${stroke('M19.5 15A11 11 0 0 1 40.5 15', '#22222b', 2.6)}${rect(17, 14, 4.6, 8, '#ff4d8d', { rx: 2 })}${rect(38.4, 14, 4.6, 8, '#ff4d8d', { rx: 2 })}</g>`,
    `<g transform="translate(2 0)">${deck}</g>`,
  );
};
