import { circle, ellipse, num, polygon, rect, stroke } from '../svg.js';
import type { Scene } from './backdrop.js';
import { accent, fireworks, heart, powder, scatter } from './festive.js';
import { bunting, chandelier, garland, lights } from './hanging.js';

const BEHIND: Readonly<Record<string, (scene: Scene) => string>> = {
  fireworks,
  chandelier,
  powder,
  bunting,
  lights,
  garland,
};

const FRONT: Readonly<Record<string, (scene: Scene) => string>> = {
  confetti: (scene) =>
    scatter(
      scene,
      70,
      0.82,
      (x, y) =>
        `<g transform="translate(${num(x)} ${num(y)}) rotate(${scene.random.whole(0, 180)})">${rect(0, 0, scene.frame.unit * 0.014, scene.frame.unit * 0.007, accent(scene), { rx: 1 })}</g>`,
    ),
  petals: (scene) =>
    scatter(
      scene,
      36,
      1,
      (x, y) =>
        `<g transform="translate(${num(x)} ${num(y)}) rotate(${scene.random.whole(0, 180)})">${ellipse(0, 0, scene.frame.unit * 0.009, scene.frame.unit * 0.0055, scene.random.pick(['#ffd1dc', '#f79bb0', '#fff3f0']), { opacity: 0.9 })}</g>`,
    ),
  hearts: (scene) =>
    scatter(scene, 14, 0.5, (x, y) =>
      heart(
        x,
        y,
        scene.frame.unit * scene.random.between(0.008, 0.02),
        scene.random.pick(['#ff5d73', '#ff9bb0', '#e5324f']),
      ),
    ),
  snow: (scene) =>
    scatter(scene, 130, 1, (x, y) =>
      circle(x, y, scene.frame.unit * scene.random.between(0.0018, 0.006), '#ffffff', {
        opacity: scene.random.between(0.55, 1),
      }),
    ),
  leaves: (scene) =>
    scatter(
      scene,
      26,
      1,
      (x, y) =>
        `<g transform="translate(${num(x)} ${num(y)}) rotate(${scene.random.whole(0, 360)})">${ellipse(0, 0, scene.frame.unit * 0.013, scene.frame.unit * 0.006, scene.random.pick(['#d9632f', '#e8a33d', '#b5432c']))}</g>`,
    ),
  bubbles: (scene) =>
    scatter(scene, 22, 0.8, (x, y) =>
      circle(x, y, scene.frame.unit * scene.random.between(0.008, 0.026), '#dff4ff', { opacity: 0.4 }),
    ),
  rain: (scene) =>
    scatter(scene, 110, 1, (x, y) =>
      stroke(
        `M${num(x)} ${num(y)}l${num(-scene.frame.unit * 0.008)} ${num(scene.frame.unit * 0.035)}`,
        '#dcebf5',
        scene.frame.unit * 0.0022,
        { opacity: 0.6 },
      ),
    ),
  lightning: (scene) => {
    const x = scene.frame.width * scene.random.between(0.2, 0.8);
    const step = scene.frame.height * 0.09;
    return polygon(
      [
        [x, 0],
        [x + step * 0.5, 0],
        [x + step * 0.1, step * 1.6],
        [x + step * 0.55, step * 1.6],
        [x - step * 0.5, step * 4],
        [x - step * 0.1, step * 2.1],
        [x - step * 0.5, step * 2.1],
      ],
      '#fff6c2',
    );
  },
};

/** The weather falls whether or not the prompt names it twice. */
function fallen({ brief }: Scene): string[] {
  const list = [...brief.decor].filter((item) => item !== 'snow');
  if (brief.weather === 'snow' || brief.decor.has('snow')) list.push('snow');
  if (brief.weather === 'rain' || brief.weather === 'storm') list.push('rain');
  if (brief.weather === 'storm') list.push('lightning');
  return list;
}

/** Decoration by name, behind and before the subjects, and the names of what was drawn. */
export function decorate(scene: Scene): { behind: string; front: string; drawn: string[] } {
  const wanted = fallen(scene);
  const behind = wanted.map((item) => BEHIND[item]?.(scene) ?? '').join('');
  const front = wanted.map((item) => FRONT[item]?.(scene) ?? '').join('');
  return {
    behind,
    front,
    drawn: wanted.filter((item) => BEHIND[item] !== undefined || FRONT[item] !== undefined),
  };
}
