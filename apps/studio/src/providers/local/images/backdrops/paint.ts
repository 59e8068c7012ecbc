import type { Backdrop, PaintBackdrop, Scene } from './backdrop.js';
import type { Setting } from '../prompt/brief.js';
import { ELSEWHERE } from './abstract.js';
import { crowd } from './crowd.js';
import { decorate } from './decor.js';
import { INDOOR } from './indoor.js';
import { LAND } from './land.js';
import { STAGES } from './stages.js';
import { TOWN } from './town.js';
import { WATER } from './water.js';

const PAINTERS: Readonly<Record<Setting, PaintBackdrop>> = {
  ...LAND,
  ...WATER,
  ...TOWN,
  ...INDOOR,
  ...STAGES,
  ...ELSEWHERE,
};

/** Places that draw their own onlookers. */
const OWN_CROWD = new Set<Setting>(['festival', 'club', 'conference', 'stage']);

/** Places under the open sky. */
const OUTDOORS = new Set<Setting>([
  'mountain',
  'forest',
  'desert',
  'countryside',
  'garden',
  'snowfield',
  'camp',
  'beach',
  'sea',
  'lake',
  'city',
  'street',
  'stadium',
  'festival',
]);

/** Onlookers elsewhere stand along the lower edge; the others move up to stay whole. */
function withCrowd(scene: Scene, painted: Backdrop): Backdrop {
  const { brief, frame } = scene;
  if (OWN_CROWD.has(brief.setting) || !(brief.decor.has('crowd') || brief.decor.has('audience')))
    return painted;
  const top = frame.height * 0.88;
  const bottom = Math.min(painted.ground.y + painted.ground.height, frame.height * 0.85);
  const from = Math.min(painted.ground.y, bottom - frame.height * 0.02);
  return {
    ...painted,
    front: painted.front + crowd(scene, top, brief.decor.has('crowd')),
    ground: { ...painted.ground, y: from, height: bottom - from },
    drawn: [...painted.drawn, 'crowd'],
  };
}

/** Paints the brief's setting with its weather and decoration. */
export function paint(scene: Scene): Backdrop {
  const painted = withCrowd(scene, PAINTERS[scene.brief.setting](scene));
  const decor = decorate(scene);
  const inSky = ['moon', 'stars', 'rainbow', 'aurora', 'shooting', 'crescent'].filter(
    (item) => scene.brief.decor.has(item) && OUTDOORS.has(scene.brief.setting),
  );
  return {
    ...painted,
    behind: painted.behind + decor.behind,
    front: painted.front + decor.front,
    drawn: [...new Set([...painted.drawn, ...decor.drawn, ...inSky])],
  };
}
