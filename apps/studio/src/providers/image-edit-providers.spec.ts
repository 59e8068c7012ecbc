import { describe, expect, it } from '@jest/globals';
import { TRANSFORMATIONS, type ImageEdit, type Transformation } from './image-edit-provider.js';
import { ImageEditProviders } from './image-edit-providers.js';
import type { CpuPool } from './local/cpu-pool.js';
import { LocalImageEditProvider } from './local/edits/local-image-edit-provider.js';
import { OpenAiEditProvider } from './openai/openai-edit-provider.js';
import { StabilityEditProvider } from './stability/stability-edit-provider.js';

const OPTIONS = { apiKey: 'key', baseUrl: undefined, model: undefined, timeoutMs: undefined };
const edit = (transformation: Transformation): ImageEdit => ({
  kind: 'transform',
  transformation,
  strength: 0.5,
});

function providers(localFallback: boolean): ImageEditProviders {
  const vendors = [new StabilityEditProvider(OPTIONS), new OpenAiEditProvider(OPTIONS)];
  return new ImageEditProviders(vendors, new LocalImageEditProvider({} as CpuPool), localFallback);
}

describe('ImageEditProviders', () => {
  it.each([
    ['stability', ['filter', 'resize', 'crop']],
    ['openai', ['resize', 'crop']],
  ])('leaves to local what %s does not do, and names who was asked: %j', (vendor, left) => {
    for (const transformation of TRANSFORMATIONS) {
      const { provider, requestedProvider } = providers(true).choose(edit(transformation), vendor);
      const expected = left.includes(transformation) ? ['local', vendor] : [vendor, undefined];
      expect([transformation, provider.name, requestedProvider]).toEqual([transformation, ...expected]);
    }
  });

  it('takes the first vendor that does just this when nobody was asked for', () => {
    const chosen = TRANSFORMATIONS.map((each) => providers(false).choose(edit(each), undefined));
    expect(chosen.map(({ provider }, index) => `${TRANSFORMATIONS[index]}: ${provider.name}`)).toEqual([
      'style-transfer: stability',
      'filter: openai',
      'enhance: stability',
      'colorize: stability',
      'resize: local',
      'crop: local',
      'upscale: stability',
    ]);
  });

  it('refuses where local may not stand in', () => {
    expect(() => providers(false).choose(edit('crop'), 'stability')).toThrow(
      expect.objectContaining({ name: 'INVALID_TRANSFORMATION' }),
    );
  });
});
