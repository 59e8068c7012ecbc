import { describe, expect, it } from '@jest/globals';
import { parseBuffer } from 'music-metadata';
import { finished } from './media-provider.conformance.js';
import { AUDIO_FORMATS, type SpeechProvider, type SpeechRequest } from './speech-provider.js';

/** What each format is called by an independent reader. */
const CONTAINERS = { mp3: /MPEG/, wav: /WAVE/, ogg: /Ogg/, m4a: /M4A|mp4|isom/i };

/** What every speech provider must do, whoever speaks. For specs only. */
export function itIsASpeechProvider(make: () => SpeechProvider): void {
  const request = (changes: Partial<SpeechRequest> = {}): SpeechRequest => ({
    text: 'Please book the hall for Saturday.',
    language: 'en-US',
    voice: make().voices()[0]?.id ?? '',
    format: 'mp3',
    speed: 1,
    seed: 42,
    idempotencyKey: 'job-1/0',
    ...changes,
  });

  describe('as a speech provider', () => {
    it('has a name, models, and voices with distinct ids and languages', () => {
      const provider = make();
      expect(provider.name).toMatch(/^[a-z][a-z-]*$/);
      expect(provider.models().length).toBeGreaterThan(0);
      const voices = provider.voices();
      expect(new Set(voices.map(({ id }) => id)).size).toBe(voices.length);
      for (const voice of voices) {
        expect(voice.provider).toBe(provider.name);
        expect(Intl.getCanonicalLocales(voice.language)).toEqual([voice.language]);
      }
    });

    it.each(AUDIO_FORMATS)('answers %s that lasts as long as it says', async (format) => {
      const made = await finished(make(), request({ format }));
      const { format: read } = await parseBuffer(made.bytes, { mimeType: made.mimeType }, { duration: true });
      expect(read.container).toMatch(CONTAINERS[format]);
      expect(Math.abs((read.duration ?? 0) * 1000 - made.durationMs)).toBeLessThan(150);
      expect(made.durationMs).toBeGreaterThan(300);
    });

    it('says who spoke, and tells the times of words in order, if at all', async () => {
      const provider = make();
      const made = await finished(provider, request());
      expect(made).toMatchObject({ provider: provider.name, seed: 42 });
      expect(made.model).not.toBe('');
      let before = 0;
      for (const { startMs, endMs } of made.words ?? []) {
        expect(startMs).toBeGreaterThanOrEqual(before);
        expect(endMs).toBeGreaterThanOrEqual(startMs);
        before = startMs;
      }
    });

    it('does nothing for a request that was aborted before', async () => {
      const reason = new Error('cancelled by the caller');
      await expect(make().generate(request(), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    });
  });
}
