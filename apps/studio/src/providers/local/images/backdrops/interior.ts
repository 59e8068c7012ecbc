import { darken, type Hex, lighten, mix } from '../colour.js';
import { num, polygon, rect, stroke } from '../svg.js';
import { type Backdrop, type Scene, zones } from './backdrop.js';

/** Wall, skirting and a floor with boards running away from the viewer. */
function shell(scene: Scene, line: number, wall: Hex, floor: Hex): string {
  const { frame, defs } = scene;
  const y = frame.height * line;
  const boards = Array.from({ length: 15 }, (_, index) => {
    const from = frame.width * (index / 14);
    const to = frame.width / 2 + (from - frame.width / 2) * 2;
    return stroke(
      `M${num(from)} ${num(y)}L${num(to)} ${frame.height}`,
      darken(floor, 0.12),
      frame.unit * 0.0025,
    );
  }).join('');
  return (
    rect(
      0,
      0,
      frame.width,
      y,
      defs.linear([
        [0, darken(wall, 0.1)],
        [1, lighten(wall, 0.06)],
      ]),
    ) +
    rect(
      0,
      y,
      frame.width,
      frame.height - y,
      defs.linear([
        [0, darken(floor, 0.14)],
        [1, lighten(floor, 0.1)],
      ]),
    ) +
    boards +
    rect(0, y - frame.unit * 0.018, frame.width, frame.unit * 0.02, lighten(wall, 0.45))
  );
}

/** A window that shows the hour outside. */
export function pane(scene: Scene, x: number, y: number, width: number, height: number): string {
  const { palette, defs, frame } = scene;
  const [top, , low] = palette.sky;
  const bar = frame.unit * 0.008;
  return (
    rect(x - bar, y - bar, width + bar * 2, height + bar * 2, '#fffaf3', { rx: bar }) +
    rect(
      x,
      y,
      width,
      height,
      defs.linear([
        [0, top],
        [1, low],
      ]),
    ) +
    rect(x + width / 2 - bar / 2, y, bar, height, '#fffaf3') +
    rect(x, y + height / 2 - bar / 2, width, bar, '#fffaf3') +
    polygon(
      [
        [x, y + height],
        [x, y + height * 0.8],
        [x + width * 0.3, y + height * 0.66],
        [x + width * 0.62, y + height * 0.84],
        [x + width, y + height * 0.7],
        [x + width, y + height],
      ],
      mix(palette.far, low, 0.3),
    )
  );
}

/** The middles of `count` equal parts of a stretch. */
export const evenly = (from: number, to: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => from + ((index + 0.5) / count) * (to - from));

/** How many of a thing there is room for, `base` being right for a square picture. */
export const perWidth = ({ frame }: Scene, base: number): number =>
  Math.max(1, Math.round(base * (frame.width / frame.height)));

/** The backdrop of a room with its furniture. */
export function inside(
  scene: Scene,
  line: number,
  wall: Hex,
  floor: Hex,
  furniture: string,
  drawn: string[],
): Backdrop {
  return {
    behind: shell(scene, line, wall, floor) + furniture,
    front: '',
    ...zones(scene.frame, line),
    groundColour: floor,
    airColour: wall,
    drawn,
  };
}
