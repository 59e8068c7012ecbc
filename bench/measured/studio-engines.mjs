// Studio's local engines without jobs, files and signatures; the edit engine through the worker's threads; and raw sharp.
import sharp from 'sharp';
import { CpuPool } from '../../apps/studio/dist/providers/local/cpu-pool.js';
import { LocalImageEditProvider } from '../../apps/studio/dist/providers/local/edits/local-image-edit-provider.js';
import { renderImage } from '../../apps/studio/dist/providers/local/images/render-image.js';
import { repeat } from './raw-sql.mjs';

// As in the worker's threads: the core is counted once.
sharp.concurrency(1);

const { signal } = new AbortController();
const cpus = new CpuPool();
const editor = new LocalImageEditProvider(cpus);

process.on('disconnect', () => process.exit(0));
process.on('message', ({ work, seconds, ...wish }) => {
  works[work](wish, seconds).then(
    (value) => process.send({ value }),
    (error) => process.send({ error: error.stack }),
  );
});

const works = {
  /** What the local provider's thread does for one picture. */
  draw: ({ prompt, side }, seconds) =>
    repeat(1, seconds, (seed) =>
      renderImage({
        prompt,
        width: side,
        height: side,
        quality: 'standard',
        format: 'png',
        seed,
        variantIndex: 0,
      }),
    ),

  /** What the worker asks of its threads for one edit. */
  resize: ({ jpeg, width }, seconds) => {
    const source = Buffer.from(jpeg, 'base64');
    const request = {
      source,
      format: 'jpeg',
      seed: 1,
      edit: { kind: 'transform', transformation: 'resize', width },
    };
    return repeat(2, seconds, () => editor.generate(request, { signal }));
  },

  sharp: ({ jpeg, width }, seconds) => {
    const source = Buffer.from(jpeg, 'base64');
    return repeat(1, seconds, () =>
      sharp(source).resize({ width, kernel: 'lanczos3' }).jpeg({ quality: 90 }).toBuffer(),
    );
  },
};
