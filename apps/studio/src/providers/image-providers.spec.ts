import { describe, expect, it } from '@jest/globals';
import { ImageProviders } from './image-providers.js';
import { CpuPool } from './local/cpu-pool.js';
import { LocalImageProvider } from './local/images/local-image-provider.js';
import { OpenAiImageProvider } from './openai/openai-image-provider.js';
import { ProviderNotConfigured, UnknownProvider } from './provider-registry.js';

const local = new LocalImageProvider(new CpuPool());
const registry = (apiKey: string | undefined, localFallback = true): ImageProviders =>
  new ImageProviders([new OpenAiImageProvider({ apiKey })], local, localFallback);

describe('ImageProviders', () => {
  it.each(['openai', 'OpenAI', 'dall-e-3', 'dalle3', 'gpt-image-1', 'gpt-image-1.5', 'gpt-image-1-mini'])(
    'takes %s for openai',
    (name) => {
      expect(registry('key').resolve(name).provider.name).toBe('openai');
    },
  );

  it.each(['openai', 'stability', 'ideogram', 'flux', 'midjourney'])(
    'lets local stand in for %s without a key, and says so',
    (name) => {
      expect(registry(undefined).resolve(name)).toMatchObject({
        provider: { name: 'local' },
        requestedProvider: name,
      });
    },
  );

  it('refuses a known provider without a key when local may not stand in', () => {
    expect(() => registry(undefined, false).resolve('flux')).toThrow(ProviderNotConfigured);
  });

  it.each(['nobody', '', 'gpt-4o', '__proto__'])('does not know %j', (name) => {
    expect(() => registry('key').resolve(name)).toThrow(UnknownProvider);
  });

  it('takes the first configured provider when none is named, else local', () => {
    expect(registry('key').resolve(undefined).provider.name).toBe('openai');
    expect(registry(undefined, false).resolve(undefined).provider.name).toBe('local');
  });

  it('does not call local a substitute when local was asked for', () => {
    expect(registry(undefined).resolve('local')).toEqual({ provider: local });
  });

  it('lists all known names with what is configured', () => {
    expect(
      registry(undefined)
        .list()
        .map(({ name, configured }) => [name, configured]),
    ).toEqual([
      ['openai', false],
      ['stability', false],
      ['ideogram', false],
      ['flux', false],
      ['midjourney', false],
      ['local', true],
    ]);
  });
});
