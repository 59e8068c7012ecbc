import { describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import {
  type ImageFormat,
  IMAGE_MIME_TYPES,
  type ImageProvider,
  type ImageRequest,
} from './image-provider.js';
import { finished } from './media-provider.conformance.js';

/** A request that every provider can serve, with changes. */
export function imageRequest(changes: Partial<ImageRequest> = {}): ImageRequest {
  return {
    prompt: 'three red balloons over a lake',
    width: 512,
    height: 512,
    quality: 'standard',
    seed: 42,
    format: 'png',
    variantIndex: 0,
    idempotencyKey: 'job-1/0',
    ...changes,
  };
}

/** What every image provider must do, whoever makes the picture. For specs only. */
export function itIsAnImageProvider(make: () => ImageProvider): void {
  describe('as an image provider', () => {
    it('has a name, a model and knows that it is configured', () => {
      const provider = make();
      expect(provider.name).toMatch(/^[a-z][a-z-]*$/);
      expect(provider.models().length).toBeGreaterThan(0);
      expect(provider.configured()).toBe(true);
    });

    it.each<[ImageFormat, number, number]>([
      ['png', 512, 512],
      ['jpeg', 512, 256],
      ['webp', 256, 512],
      ['png', 1792, 256],
    ])('answers %s of exactly %d x %d pixels', async (format, width, height) => {
      const image = await finished(make(), imageRequest({ format, width, height }));
      const meta = await sharp(image.bytes).metadata();
      expect({ format: meta.format, width: meta.width, height: meta.height }).toEqual({
        format,
        width,
        height,
      });
      expect({ mimeType: image.mimeType, width: image.width, height: image.height }).toEqual({
        mimeType: IMAGE_MIME_TYPES[format],
        width,
        height,
      });
    });

    it('says who made the picture, from which seed and what it is not', async () => {
      const provider = make();
      const image = await finished(provider, imageRequest());
      expect(image).toMatchObject({ provider: provider.name, seed: 42 });
      expect(image.model).not.toBe('');
      expect(image.limits.length).toBeGreaterThan(0);
    });

    it('does nothing for a request that was aborted before', async () => {
      const reason = new Error('cancelled by the caller');
      await expect(make().generate(imageRequest(), { signal: AbortSignal.abort(reason) })).rejects.toBe(
        reason,
      );
    });
  });
}
