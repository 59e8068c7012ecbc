import { describe, expect, it } from '@jest/globals';
import { finished } from './media-provider.conformance.js';
import type { TranscriptProvider, TranscriptRequest } from './transcript-provider.js';

/** What every transcript provider must do, whoever listens. For specs only. */
export function itIsATranscriptProvider(
  make: () => TranscriptProvider,
  recording: () => Promise<Pick<TranscriptRequest, 'audio' | 'mimeType' | 'durationMs'>>,
): void {
  const request = async (): Promise<TranscriptRequest> => ({
    ...(await recording()),
    languageHint: 'en-US',
    seed: 42,
    idempotencyKey: 'a0000000-0000-4000-8000-000000000001',
  });

  describe('as a transcript provider', () => {
    it('has a name, models and languages', () => {
      const provider = make();
      expect(provider.name).toMatch(/^[a-z][a-z-]*$/);
      expect(provider.models().length).toBeGreaterThan(0);
      expect(provider.languages().length).toBeGreaterThan(0);
    });

    it('answers the text, and segments in order within the recording', async () => {
      const provider = make();
      const wanted = await request();
      const heard = await finished(provider, wanted);
      expect(heard.provider).toBe(provider.name);
      expect(heard.model).not.toBe('');
      expect(heard.text).not.toBe('');
      expect(heard.language).toMatch(/^en/);
      let before = 0;
      for (const { startMs, endMs, confidence } of heard.segments) {
        expect(startMs).toBeGreaterThanOrEqual(before);
        expect(endMs).toBeGreaterThanOrEqual(startMs);
        expect(confidence).toBeGreaterThanOrEqual(0);
        expect(confidence).toBeLessThanOrEqual(1);
        before = startMs;
      }
      expect(before).toBeLessThanOrEqual(wanted.durationMs);
      expect(heard.confidence).toBeLessThanOrEqual(1);
    });

    it('does nothing for a request that was aborted before', async () => {
      const reason = new Error('cancelled by the caller');
      const wanted = await request();
      await expect(make().generate(wanted, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    });
  });
}
