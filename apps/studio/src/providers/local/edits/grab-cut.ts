import cv from '@techstark/opencv-js';
import type { Mask } from './masks.js';
import type { Raster } from './raster.js';
import { parting, type Saliency } from './saliency.js';

const ROUNDS = 4;
/** Shares of the parting value below which a pixel is surely background, and above which it is surely subject. */
const SURE = { background: 0.4, subject: 2 };

/**
 * The subject by colour and edges (Rother et al., 2004), begun from what stands out rather than from a frame: a frame
 * takes trees and clouds for the subject.
 */
export async function grabCut({ data, width, height }: Raster, out: Saliency): Promise<Mask> {
  await ready();
  const picture = cv.matFromArray(height, width, cv.CV_8UC3, [...data]);
  const mask = cv.matFromArray(height, width, cv.CV_8UC1, [...classesOf(out)]);
  const [background, foreground] = [new cv.Mat(), new cv.Mat()];
  try {
    const whole = new cv.Rect(0, 0, width, height);
    cv.grabCut(picture, mask, whole, background, foreground, ROUNDS, Number(cv.GC_INIT_WITH_MASK));
    // Odd classes are (probable) foreground.
    const subject = Uint8Array.from(mask.data as Uint8Array, (value) => (value % 2 === 1 ? 255 : 0));
    return { data: subject, width, height };
  } finally {
    for (const each of [picture, mask, background, foreground]) each.delete();
  }
}

function classesOf({ data }: Saliency): Uint8Array {
  const line = parting(data);
  return Uint8Array.from(data, (value) => {
    if (value < line * SURE.background) return Number(cv.GC_BGD);
    if (value > Math.min(0.9, line * SURE.subject)) return Number(cv.GC_FGD);
    return Number(value > line ? cv.GC_PR_FGD : cv.GC_PR_BGD);
  });
}

let loading: Promise<void> | undefined;

/**
 * WebAssembly starts once in a process. The library is never what a promise resolves to: it has a `then` that answers
 * itself, which would be awaited for ever.
 */
function ready(): Promise<void> {
  loading ??= new Promise((done) => {
    if (typeof (cv as Partial<typeof cv>).Mat === 'function') done();
    else cv.onRuntimeInitialized = () => done();
  });
  return loading;
}
