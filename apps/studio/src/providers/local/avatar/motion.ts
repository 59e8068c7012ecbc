import type { Random } from '../images/random.js';
import type { Face } from './face.js';
import type { Mouth } from './mouth.js';

/** How a figure stands in one frame; lengths in units of the figure. */
export interface Pose {
  readonly face: Face;
  readonly headX: number;
  readonly headY: number;
  /** Radians. */
  readonly headTilt: number;
  readonly breath: number;
}

const BLINK_SECONDS = 0.2;
const SMOOTHING = 0.18;

/** Nobody blinks by the clock. */
function blinkTimes(seconds: number, random: Random): number[] {
  const times: number[] = [];
  for (let at = random.between(0.8, 2); at < seconds; at += random.between(2.1, 4.6)) times.push(at);
  return times;
}

/** What a body does while it speaks: it breathes, sways, nods with the stress, blinks. */
export function poses(mouths: readonly Mouth[], fps: number, random: Random): Pose[] {
  const blinks = blinkTimes(mouths.length / fps, random);
  const phase = random.between(0, Math.PI * 2);
  let stress = 0;
  return mouths.map((mouth, frame) => {
    const at = frame / fps;
    stress += (mouth.open - stress) * SMOOTHING;
    const near = blinks.find((time) => at >= time && at < time + BLINK_SECONDS);
    const blink = near === undefined ? 0 : Math.sin(((at - near) / BLINK_SECONDS) * Math.PI);
    return {
      face: {
        mouth,
        blink,
        brows: Math.min(1, stress * 1.1) + 0.25 * Math.sin(at * 0.9 + phase),
        gaze: 0.3 * Math.sin(at * 0.45 + phase * 2),
      },
      headX: 7 * Math.sin(at * 0.8 + phase) + 3 * Math.sin(at * 1.9),
      headY: 5 * Math.sin(at * 1.1 + phase) - 9 * stress,
      headTilt: 0.022 * Math.sin(at * 0.65 + phase * 1.3) + 0.01 * Math.sin(at * 1.7),
      breath: 4 * Math.sin(at * 1.5),
    };
  });
}
