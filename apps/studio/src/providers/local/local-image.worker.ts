import { parentPort } from 'node:worker_threads';
import sharp from 'sharp';
import { type RenderJob, renderImage } from './render-image.js';

// The pool is the measure of parallel work: without this every worker would start threads of its own.
sharp.concurrency(1);

parentPort?.on('message', (job: RenderJob) => {
  renderImage(job).then(
    (rendered) => parentPort?.postMessage({ rendered }),
    (error: unknown) =>
      parentPort?.postMessage({ failure: error instanceof Error ? error.message : String(error) }),
  );
});
