// Studio's local engines without jobs, files and signatures; the edit engine through the worker's processes; and raw sharp.
import sharp from 'sharp';
import { CpuPool } from '../../apps/studio/dist/providers/local/cpu-pool.js';
import { LocalImageEditProvider } from '../../apps/studio/dist/providers/local/edits/local-image-edit-provider.js';
import { renderImage } from '../../apps/studio/dist/providers/local/images/render-image.js';
import { repeat } from './raw-sql.mjs';

// As in the worker's processes: the core is counted once.
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
  /** What the local provider's process does for one picture. */
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

  /** What the worker asks of its processes for one edit; their CPU time is for the harness to count. */
  resize: async ({ jpeg, width }, seconds) => {
    const source = Buffer.from(jpeg, 'base64');
    const request = {
      source,
      format: 'jpeg',
      seed: 1,
      edit: { kind: 'transform', transformation: 'resize', width },
    };
    const { cpuMs: _withoutChildren, ...slice } = await repeat(2, seconds, () =>
      editor.generate(request, { signal }),
    );
    return slice;
  },

  sharp: ({ jpeg, width }, seconds) => {
    const source = Buffer.from(jpeg, 'base64');
    return repeat(1, seconds, () =>
      sharp(source).resize({ width, kernel: 'lanczos3' }).jpeg({ quality: 90 }).toBuffer(),
    );
  },
};
