import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { TranscriptSegment } from '../providers/transcript-provider.js';
import { srtOf, vttOf } from './subtitles.js';

const SRT_CUE = /^(\d+)\n(\d{2,}:\d\d:\d\d,\d{3}) --> (\d{2,}:\d\d:\d\d,\d{3})\n([^\n]+)\n$/;
const VTT_CUE = /^(\d{2,}:\d\d:\d\d\.\d{3}) --> (\d{2,}:\d\d:\d\d\.\d{3})\n([^\n]+)\n$/;

const word = fc.oneof(
  fc.string({ minLength: 1, maxLength: 12 }),
  fc.constantFrom('-->', '<b>', '&', '\n\n', 'party', '你好', '00:00:01,000'),
);
const time = fc.integer({ min: 0, max: 4_000_000 });
const segments = fc.array(
  fc
    .record({ texts: fc.array(word, { maxLength: 40 }), startMs: time, lengthMs: time, timed: fc.boolean() })
    .map(({ texts, startMs, lengthMs, timed }): TranscriptSegment => {
      const step = lengthMs / Math.max(1, texts.length);
      const words = texts.map((text, index) => ({
        word: text,
        startMs: startMs + step * index,
        endMs: startMs + step * (index + 1),
        confidence: 1,
      }));
      const base = { text: texts.join(' '), startMs, endMs: startMs + lengthMs, confidence: 1 };
      return timed ? { ...base, words } : base;
    }),
  { maxLength: 6 },
);

function ms(stamp: string): number {
  const [hours = 0, minutes = 0, seconds = 0, rest = 0] = stamp.split(/[:,.]/).map(Number);
  return ((hours * 60 + minutes) * 60 + seconds) * 1_000 + rest;
}

function inOrder(spans: readonly (readonly [string, string])[]): void {
  let before = 0;
  for (const [start, end] of spans) {
    expect(ms(start)).toBeGreaterThanOrEqual(before);
    expect(ms(end)).toBeGreaterThan(ms(start));
    before = ms(end);
  }
}

describe('subtitles', () => {
  it('SubRip: numbered cues, one after the other, whatever was said', () => {
    fc.assert(
      fc.property(segments, (said) => {
        const blocks = srtOf(said)
          .split(/\n(?=\d+\n\d{2,}:)/)
          .filter((block) => block !== '');
        const cues = blocks.map((block) => SRT_CUE.exec(block));
        expect(cues).not.toContain(null);
        expect(cues.map((cue) => Number(cue?.[1]))).toEqual(cues.map((_, index) => index + 1));
        inOrder(cues.map((cue) => [cue?.[2] ?? '', cue?.[3] ?? '']));
      }),
    );
  });

  it('WebVTT: a header, then cues without markup or arrows of their own', () => {
    fc.assert(
      fc.property(segments, (said) => {
        const [header, ...rest] = vttOf(said).split(/\n(?=\d{2,}:\d\d:\d\d\.\d{3} -->)/);
        expect(header).toBe('WEBVTT\n');
        const cues = rest.map((block) => VTT_CUE.exec(block));
        expect(cues).not.toContain(null);
        inOrder(cues.map((cue) => [cue?.[1] ?? '', cue?.[2] ?? '']));
        for (const cue of cues) expect(cue?.[3]).not.toMatch(/-->|<|&(?!amp;|lt;|gt;)/);
      }),
    );
  });

  it('breaks long speech into lines that can be read', () => {
    const words = Array.from({ length: 60 }, (_, index) => ({
      word: 'celebration',
      startMs: index * 500,
      endMs: index * 500 + 400,
      confidence: 1,
    }));
    const text = words.map(({ word: each }) => each).join(' ');
    const lines = vttOf([{ text, startMs: 0, endMs: 30_000, confidence: 1, words }])
      .split('\n')
      .filter((line) => line.startsWith('celebration'));
    expect(lines.length).toBeGreaterThan(5);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(84);
  });
});
