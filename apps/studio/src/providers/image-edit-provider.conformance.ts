import { beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import type { ImageEdit, ImageEditProvider, ImageEditRequest } from './image-edit-provider.js';
import { type ImageFormat, IMAGE_MIME_TYPES } from './image-provider.js';
import { finished } from './media-provider.conformance.js';

const EXAMPLES: readonly ImageEdit[] = [
  { kind: 'transform', transformation: 'style-transfer', style: 'watercolor', strength: 0.7 },
  { kind: 'remove-background' },
  { kind: 'variation', strength: 0.7, variantIndex: 0 },
];

/** A subject before a plain wall, as a photograph of a product would have it. */
export function sourcePicture({ width = 320, height = 200 } = {}): Promise<Buffer> {
  const subject = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <circle cx="${width / 2}" cy="${height / 2}" r="${height / 3}" fill="#c0392b"/></svg>`;
  return sharp({ create: { width, height, channels: 3, background: '#dfe6e9' } })
    .composite([{ input: Buffer.from(subject) }])
    .jpeg()
    .toBuffer();
}

/** A request that a provider which does `edit` can serve. */
export function imageEditRequest(
  source: Buffer,
  edit: ImageEdit,
  changes: Partial<ImageEditRequest> = {},
): ImageEditRequest {
  return { source, edit, format: 'png', seed: 42, idempotencyKey: 'job-1/0', ...changes };
}

/** What everybody who changes pictures must do, whoever does it. For specs only. */
export function itIsAnImageEditProvider(make: () => ImageEditProvider): void {
  describe('as an image edit provider', () => {
    let source: Buffer;
    beforeAll(async () => {
      source = await sourcePicture();
    });

    /** The examples among what this provider does. */
    const served = (provider: ImageEditProvider): ImageEdit[] =>
      EXAMPLES.filter(({ kind }) => provider.edits().includes(kind));

    it('has a name, a model, at least one thing that it does, and knows that it is configured', async () => {
      const provider = make();
      expect(provider.name).toMatch(/^[a-z][a-z-]*$/);
      expect(provider.models().length).toBeGreaterThan(0);
      expect(served(provider).length).toBeGreaterThan(0);
      expect(provider.configured()).toBe(true);
      expect(await provider.health()).toMatchObject({ status: 'ready' });
    });

    it.each<ImageFormat>(['png', 'webp'])('answers a %s that says its own size', async (format) => {
      const provider = make();
      for (const edit of served(provider)) {
        const image = await finished(provider, imageEditRequest(source, edit, { format }));
        const meta = await sharp(image.bytes).metadata();
        expect({ edit: edit.kind, format: meta.format, width: meta.width, height: meta.height }).toEqual({
          edit: edit.kind,
          format,
          width: image.width,
          height: image.height,
        });
        expect(image.mimeType).toBe(IMAGE_MIME_TYPES[format]);
      }
    });

    it('keeps the proportions, and the size where nothing else was asked for', async () => {
      const provider = make();
      for (const edit of served(provider)) {
        const { width, height } = await finished(provider, imageEditRequest(source, edit));
        expect({ edit: edit.kind, width, height }).toEqual({ edit: edit.kind, width: 320, height: 200 });
      }
    });

    it('leaves the background transparent where it removed one', async () => {
      const provider = make();
      if (!provider.edits().includes('remove-background')) return;
      const image = await finished(provider, imageEditRequest(source, { kind: 'remove-background' }));
      const { hasAlpha } = await sharp(image.bytes).metadata();
      const corner = await sharp(image.bytes)
        .ensureAlpha()
        .extract({ left: 0, top: 0, width: 1, height: 1 })
        .raw()
        .toBuffer();
      expect({ hasAlpha, alpha: corner[3] }).toEqual({ hasAlpha: true, alpha: 0 });
    });

    it('says who changed the picture and what it is not', async () => {
      const provider = make();
      for (const edit of served(provider)) {
        const image = await finished(provider, imageEditRequest(source, edit));
        expect(image).toMatchObject({ provider: provider.name, seed: 42 });
        expect(image.model).not.toBe('');
        expect(image.limits.length).toBeGreaterThan(0);
      }
    });

    it('does nothing for a request that was aborted before', async () => {
      const provider = make();
      const reason = new Error('cancelled by the caller');
      for (const edit of served(provider))
        await expect(
          provider.generate(imageEditRequest(source, edit), { signal: AbortSignal.abort(reason) }),
        ).rejects.toBe(reason);
    });
  });
}
