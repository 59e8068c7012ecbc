import { platePng } from './label-picture.js';
import type { Plate } from './plate.js';

export default function drawPlate(plate: Plate): Promise<Uint8Array> {
  return Promise.resolve(platePng(plate));
}
