import { afterAll, describe, expect, it } from '@jest/globals';
import { CpuPool } from '../cpu-pool.js';
import { MediaTools } from '../media-tools/ffmpeg.js';
import { peakOf, rmsOf } from './loudness.js';
import type { Stretch } from './speech.js';
import { SpeechEngine } from './speech-engine.js';
import { pcmOf } from './wav.js';

const cpus = new CpuPool({ processes: 1 });
const engine = new SpeechEngine(cpus, new MediaTools());
const { signal } = new AbortController();
afterAll(() => cpus.close());

function inOrder(stretches: readonly Stretch[], durationMs: number): void {
  let before = 0;
  for (const { startMs, endMs } of stretches) {
    expect(startMs).toBeGreaterThanOrEqual(before);
    expect(endMs).toBeGreaterThanOrEqual(startMs);
    before = endMs;
  }
  expect(before).toBeLessThanOrEqual(durationMs + 5);
}

describe('SpeechEngine', () => {
  it('tells when each word and each sound is said', async () => {
    const text = "Dr. Smith's party starts at 6:30 pm, for 120 guests. We booked the hall!\n\nSee you.";
    const { wav, durationMs, words, phonemes, engine: by } = await engine.say(text, {}, signal);
    expect(by).toBe('flite');
    expect(words.map(({ word }) => word)).toEqual(text.split(/\s+/));
    inOrder(words, durationMs);
    inOrder(phonemes, durationMs);
    const party = words[2];
    const said = phonemes.filter(
      ({ startMs, endMs }) => startMs >= (party?.startMs ?? 0) && endMs <= (party?.endMs ?? 0),
    );
    expect(said.map(({ phoneme }) => phoneme)).toEqual(['p', 'aa', 'r', 't', 'iy']);
    const { samples, sampleRate } = pcmOf(wav);
    expect(Math.round((samples.length * 1000) / sampleRate)).toBe(durationMs);
  });

  it('speaks at the wanted speed, as loud as any other voice, and never clips', async () => {
    const say = (manner: object) =>
      engine.say('Please confirm the venue for Saturday evening.', manner, signal);
    const [natural, slow, fast] = [await say({}), await say({ speed: 0.5 }), await say({ speed: 2 })];
    expect(slow.durationMs / natural.durationMs).toBeCloseTo(2, 1);
    expect(fast.durationMs / natural.durationMs).toBeCloseTo(0.5, 1);
    for (const voice of ['flite-slt', 'flite-rms', 'flite-awb', 'espeak-de']) {
      const { samples } = pcmOf((await say({ voice })).wav);
      expect(peakOf(samples)).toBeLessThanOrEqual(0.9);
      expect(20 * Math.log10(rmsOf(samples))).toBeGreaterThan(-26);
    }
  });

  it.each([
    ['espeak-de', 'Herzlich willkommen zu unserer Hochzeit am Samstag.'],
    ['espeak-es', 'Bienvenidos a la fiesta de cumpleaños.'],
    ['espeak-fr-fr', 'Bienvenue à la conférence annuelle.'],
    ['espeak-hi', 'शादी में आपका स्वागत है।'],
    ['espeak-hi-f', 'शादी में आपका स्वागत है।'],
  ])('%s speaks', async (voice, text) => {
    const { wav, durationMs, words, limits } = await engine.say(text, { voice }, signal);
    expect(durationMs).toBeGreaterThan(1_200);
    expect(rmsOf(pcmOf(wav).samples)).toBeGreaterThan(0.03);
    expect(words.length).toBe(text.split(' ').length);
    inOrder(words, durationMs);
    expect(limits.join()).toContain('estimates');
  });

  it('says a long text whole', async () => {
    const text = 'The caterer brings the food at noon. '.repeat(130);
    const { durationMs, words } = await engine.say(text, { speed: 2 }, signal);
    expect(words).toHaveLength(7 * 130);
    inOrder(words, durationMs);
    expect(words.at(-1)?.endMs).toBeGreaterThan(durationMs - 500);
  });

  it.each(['!!!', '🎉🎉', '你好', '\u0000 \u202e'])('has nothing to say for %j in English', async (text) => {
    await expect(engine.say(text, {}, signal)).rejects.toMatchObject({ kind: 'rejected' });
  });

  it.each(['--help', "$(id) `id` ; rm -rf / 'x' party", '[[h@l0U]] <b>party</b> {x}', '-o /tmp/x party'])(
    'takes %j for words to speak',
    async (text) => {
      for (const voice of ['flite-slt', 'espeak-de']) {
        const { durationMs } = await engine.say(text, { voice }, signal);
        expect(durationMs).toBeGreaterThan(300);
      }
    },
  );

  it('refuses a voice that is not there, and work that was called off', async () => {
    await expect(engine.say('hello', { voice: '../etc' }, signal)).rejects.toMatchObject({
      kind: 'rejected',
    });
    const reason = new Error('called off');
    await expect(engine.say('hello', {}, AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});
