import cv from '@techstark/opencv-js';
import type { Mask } from './masks.js';
import type { Raster } from './raster.js';

const ROUNDS = 5;
/** What lies so near to the edge of the picture is taken for background. */
const MARGIN = 0.035;

/** The subject by colour and edges, from a frame around the middle (Rother et al., 2004). Rough on busy pictures. */
export async function grabCut({ data, width, height }: Raster): Promise<Mask> {
  await ready();
  const picture = cv.matFromArray(height, width, cv.CV_8UC3, [...data]);
  const mask = new cv.Mat(height, width, cv.CV_8UC1, new cv.Scalar(0));
  const [background, foreground] = [new cv.Mat(), new cv.Mat()];
  const [left, top] = [Math.max(1, Math.round(width * MARGIN)), Math.max(1, Math.round(height * MARGIN))];
  const frame = new cv.Rect(left, top, width - left * 2, height - top);
  try {
    cv.grabCut(picture, mask, frame, background, foreground, ROUNDS, Number(cv.GC_INIT_WITH_RECT));
    // Odd classes are (probable) foreground.
    const subject = Uint8Array.from(mask.data as Uint8Array, (value) => (value % 2 === 1 ? 255 : 0));
    return { data: subject, width, height };
  } finally {
    for (const each of [picture, mask, background, foreground]) each.delete();
  }
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
