import { afterAll, describe, expect, it } from '@jest/globals';
import { itIsASpeechProvider } from '../../speech-provider.conformance.js';
import { CpuPool } from '../cpu-pool.js';
import { MediaTools } from '../media-tools/ffmpeg.js';
import { LocalSpeechProvider } from './local-speech-provider.js';
import { SpeechEngine } from './speech-engine.js';

const cpus = new CpuPool({ processes: 1 });
afterAll(() => cpus.close());

function provider(tools = new MediaTools()): LocalSpeechProvider {
  return new LocalSpeechProvider(new SpeechEngine(cpus, tools), tools);
}

describe('LocalSpeechProvider', () => {
  itIsASpeechProvider(provider);

  it('is ready here, and says what it lacks elsewhere', async () => {
    expect(await provider().health()).toEqual({ status: 'ready' });
    expect(await provider(new MediaTools({ searchPath: '/nowhere' })).health()).toEqual({
      status: 'degraded',
      detail: 'wav only: ffmpeg is not installed: apt-get install ffmpeg',
    });
  });

  it('says the same thing twice alike', async () => {
    const request = {
      text: 'Good evening.',
      language: 'en-US',
      voice: 'flite-rms',
      format: 'wav' as const,
      speed: 1,
      seed: 1,
      idempotencyKey: 'job-1/0',
    };
    const work = { signal: new AbortController().signal };
    const [one, two] = [await provider().generate(request, work), await provider().generate(request, work)];
    expect(one.bytes.equals(two.bytes)).toBe(true);
  });
});
