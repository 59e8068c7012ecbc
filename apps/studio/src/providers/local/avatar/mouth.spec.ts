import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mouthTrack } from './mouth.js';
import { mouthByEar } from './mouth-by-ear.js';

const FPS = 24;

/** Sounds one after the other, each as long as told, in milliseconds. */
function said(...sounds: readonly (readonly [string, number])[]) {
  let at = 0;
  return sounds.map(([phoneme, lasts]) => {
    const startMs = at;
    at += lasts;
    return { phoneme, startMs, endMs: at };
  });
}

const meanOpen = (phoneme: string): number => {
  const track = mouthTrack(said([phoneme, 1000]), FPS, FPS);
  return track.reduce((sum, { open }) => sum + open, 0) / track.length;
};
const shapeOf = (phoneme: string) => mouthTrack(said([phoneme, 1000]), FPS, FPS)[12];

describe('mouthTrack', () => {
  it('opens with the sound: open vowels, close vowels, hisses, closed lips', () => {
    const classes = [
      ['aa', 'ae'],
      ['eh', 'ah'],
      ['ih', 'iy', 'uw'],
      ['s', 'f'],
      ['b', 'p', 'm', 'pau'],
    ];
    const opening = classes.map((sounds) => sounds.map(meanOpen));
    opening.slice(1).forEach((closer, at) => {
      expect(Math.max(...closer)).toBeLessThan(Math.min(...(opening[at] ?? [])));
    });
    expect(opening.at(-1)).toEqual([0, 0, 0, 0]);
  });

  it('rounds for u, o and w, spreads for i, shows teeth for s and f and the tongue for th and l', () => {
    for (const round of ['uw', 'w', 'ao', 'sh']) expect(shapeOf(round)?.wide).toBeLessThan(-0.3);
    for (const spread of ['iy', 'ih', 'eh']) expect(shapeOf(spread)?.wide).toBeGreaterThan(0.3);
    for (const teeth of ['s', 'f', 'v']) expect(shapeOf(teeth)?.teeth).toBe(1);
    for (const tongue of ['th', 'l']) expect(shapeOf(tongue)?.tongue).toBeGreaterThan(0.8);
  });

  it('shuts the lips for b, p and m between open vowels, however short they are', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('b', 'p', 'm'),
        fc.integer({ min: 60, max: 400 }),
        fc.integer({ min: 8, max: 200 }),
        (sound, before, lasts) => {
          const track = mouthTrack(said(['aa', before], [sound, lasts], ['aa', 300]), 30, FPS);
          const middle = Math.floor(((before + lasts / 2) * FPS) / 1000);
          expect(track[middle]?.open).toBe(0);
          expect(Math.max(...track.map(({ open }) => open))).toBeGreaterThan(0.5);
        },
      ),
    );
  });

  it('goes from one place to the other in a diphthong', () => {
    const track = mouthTrack(said(['aw', 1000]), FPS, FPS);
    expect(track[1]?.open).toBeGreaterThan(0.8);
    expect(track[22]?.wide).toBeLessThan(-0.6);
  });

  it('rests before and after what is said', () => {
    const track = mouthTrack(said(['pau', 500], ['aa', 300]), 48, FPS);
    expect([track[2]?.open, track[40]?.open]).toEqual([0, 0]);
  });
});

describe('mouthByEar', () => {
  const sampleRate = 16_000;
  const second = (wave: (seconds: number) => number): number[] =>
    Array.from({ length: sampleRate }, (_, at) => wave(at / sampleRate));
  const tone = (hertz: number, loud: number) => (at: number) => loud * Math.sin(2 * Math.PI * hertz * at);
  const samples = Int16Array.from(
    [
      second(tone(300, 0.6)),
      second(() => 0),
      second(tone(6_000, 0.3)),
      second(tone(300, 0.2)),
      second(tone(1_800, 0.6)),
    ].flat(),
    (value) => value * 32_767,
  );
  const track = mouthByEar({ samples, sampleRate }, 5 * FPS, FPS);

  it('is closed in silence and opens with the loudness', () => {
    expect(track[36]?.open).toBe(0);
    expect(track[12]?.open).toBeGreaterThan((track[84]?.open ?? 1) + 0.3);
  });

  it('shows teeth and little opening in a hiss, spreads for bright and rounds for dark sounds', () => {
    expect(track[60]).toMatchObject({ teeth: 1 });
    expect(track[60]?.open).toBeLessThan(0.2);
    expect(track[108]?.wide).toBeGreaterThan(0.3);
    expect(track[12]?.wide).toBeLessThan(-0.3);
  });
});
