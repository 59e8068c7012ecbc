import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CpuPool } from '../cpu-pool.js';
import { MediaTools } from '../media-tools/ffmpeg.js';
import { composeScore } from './composer.js';
import { formOf, TAIL_SECONDS } from './form.js';
import { GENRES } from './genres.js';
import { briefOf, type MusicWish } from './music-brief.js';
import { MusicEngine } from './music-engine.js';
import { PARTS } from './score.js';
import { longestSilence, measured, monoOf, pulseAt } from './sound-analysis.fake.js';
import { SAMPLE_RATE } from './voices.js';

const wish = { prompt: 'uplifting corporate opener', durationSeconds: 10, seed: 1 };
const cpus = new CpuPool();
const engine = new MusicEngine(cpus);
const tools = new MediaTools();
afterAll(() => cpus.close());

const play = (changes: Partial<MusicWish>) =>
  engine.compose({ ...wish, ...changes }, new AbortController().signal);
const same = (one: Uint8Array, other: Uint8Array): boolean => Buffer.from(one).equals(Buffer.from(other));

describe('MusicEngine', () => {
  it.each(GENRES.map(({ name }) => name))(
    'plays %s: exact time, even loudness, no clipping, no gaps',
    async (genre) => {
      const { wav } = await play({ prompt: 'for a party', genre });
      const sound = monoOf(wav);
      expect(sound).toHaveLength(10 * SAMPLE_RATE);
      const { lufs, truePeakDb, offset } = await measured(tools, wav);
      expect({ genre, quiet: lufs < -17, loud: lufs > -15 }).toEqual({ genre, quiet: false, loud: false });
      expect(truePeakDb).toBeLessThan(-1);
      expect(longestSilence(sound, SAMPLE_RATE)).toBeLessThan(1.5);
      expect(offset).toBeLessThan(0.001);
    },
  );

  it.each(['house', 'corporate', 'pop', 'rock', 'lofi'])('is heard at its tempo: %s', async (genre) => {
    const { wav, tempoBpm } = await play({ genre, durationSeconds: 20 });
    const pulse = pulseAt(monoOf(wav), SAMPLE_RATE);
    const tempi = Array.from({ length: 281 }, (_, index) => 60 + index / 2);
    const ratio = tempi.reduce((a, b) => (pulse(b) > pulse(a) ? b : a)) / tempoBpm;
    // Where the beat is subdivided or syncopated, the strongest pulse is one of its simple fractions.
    const errors = [1 / 2, 2 / 3, 1, 4 / 3, 2].map((simple) => Math.abs(ratio / simple - 1));
    expect(Math.min(...errors)).toBeLessThan(0.02);
    expect(pulse(tempoBpm)).toBeGreaterThan(3 * Math.abs(pulse(tempoBpm * 1.09)));
  });

  it('plays the same bytes for the same wish, others for another seed or prompt', async () => {
    const [one, again, seed, prompt] = await Promise.all([
      play({}),
      play({}),
      play({ seed: 2 }),
      play({ prompt: 'calm ambient' }),
    ]);
    expect([same(one.wav, again.wav), same(one.midi, again.midi)]).toEqual([true, true]);
    expect([same(one.wav, seed.wav), same(one.wav, prompt.wav)]).toEqual([false, false]);
  });
});

describe('briefOf', () => {
  it.each([
    ['a bhangra night with dhol', 'bollywood'],
    ['salsa evening on the beach', 'latin'],
    ['elegant string quartet for a ceremony', 'classical'],
    ['epic film trailer', 'cinematic'],
    ['DJ set, deep house', 'house'],
    ['something nice', 'corporate'],
  ])('hears in "%s" %s', (prompt, genre) => {
    expect(briefOf({ ...wish, prompt }).genre.name).toBe(genre);
  });

  it('takes a tempo that is written, and says what it did not understand', () => {
    const brief = briefOf({ ...wish, prompt: 'pop at 117 bpm', genre: 'zydeco', mood: 'chartreuse' });
    expect(brief.tempoBpm).toBe(117);
    expect(brief.notes).toEqual(['genre "zydeco" is not known', 'mood "chartreuse" is not known']);
  });

  it('takes sad music to minor and happy music to major', () => {
    expect(briefOf({ ...wish, mood: 'sad' }).key.scale).toBe('minor');
    expect(briefOf({ ...wish, genre: 'house', mood: 'happy' }).key.scale).toBe('major');
  });
});

describe('composeScore', () => {
  const anyWish = fc.record({
    prompt: fc.string({ maxLength: 80 }),
    genre: fc.constantFrom(...GENRES.map(({ name }) => name)),
    durationSeconds: fc.integer({ min: 10, max: 180 }),
    seed: fc.nat(),
  });

  it('fills the time with whole bars, notes in range, one form', () => {
    fc.assert(
      fc.property(anyWish, (asked) => {
        const score = composeScore(briefOf(asked), asked.durationSeconds);
        const beat = 60 / score.tempoBpm;
        const bars = score.sections.reduce((sum, section) => sum + section.bars, 0);
        expect(bars * score.beatsPerBar * beat + TAIL_SECONDS).toBeCloseTo(asked.durationSeconds, 6);
        expect(score.tempoBpm).toBeGreaterThan(45);
        expect(score.tempoBpm).toBeLessThan(190);
        const odd = score.notes.filter(
          ({ part, midi, velocity, lengthBeats, startBeats }) =>
            !PARTS.includes(part) ||
            !(midi >= 24 && midi <= 108 && velocity > 0 && velocity <= 1 && lengthBeats > 0) ||
            startBeats * beat >= asked.durationSeconds,
        );
        expect(odd).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('has a form: few play at the ends, all in the middle, A comes again', () => {
    const { sections } = formOf(60, 120, 4);
    expect(sections.map(({ name }) => name)).toEqual(['intro', 'A', 'B', 'A', 'outro']);
    const energies = sections.map(({ energy }) => energy);
    expect(Math.max(...energies)).toBe(energies[2]);
    expect(energies[0]).toBeLessThan(energies[1] ?? 0);
  });

  it('ends on the tonic', () => {
    const brief = briefOf({ ...wish, genre: 'pop' });
    const score = composeScore(brief, 30);
    const last = score.notes.filter(({ part }) => part === 'bass').at(-1);
    expect((last?.midi ?? 0) % 12).toBe(brief.key.tonic % 12);
  });
});
