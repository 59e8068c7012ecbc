import { afterAll, describe, expect, it } from '@jest/globals';
import { itIsATranscriptProvider } from '../../transcript-provider.conformance.js';
import { CpuPool } from '../cpu-pool.js';
import { MediaTools } from '../media-tools/ffmpeg.js';
import { encodedAudio } from '../speech/audio-encoder.js';
import { SpeechEngine } from '../speech/speech-engine.js';
import { wavOf } from '../speech/wav.js';
import { LocalTranscriptProvider } from './local-transcript-provider.js';
import { TranscriptEngine } from './transcript-engine.js';
import { wordErrors } from './word-errors.fake.js';

const tools = new MediaTools();
const cpus = new CpuPool({ processes: 1 });
const speech = new SpeechEngine(cpus, tools);
const engine = new TranscriptEngine(cpus, tools);
const { signal } = new AbortController();
afterAll(() => cpus.close());

const SENTENCES = [
  'please plan a wedding reception for one hundred and twenty guests next saturday evening',
  'we need a vegetarian menu and a live band',
  'book the hotel for forty people in the city',
  'send the invitation to all guests before friday',
  'the conference starts at nine in the morning',
  'how much does the photographer cost',
];

const say = (text: string) => speech.say(text, { voice: 'flite-slt' }, signal);

async function hear(audio: Buffer, durationMs = 1_000) {
  const request = { audio, mimeType: 'audio/wav', durationMs, seed: 1, idempotencyKey: 'job-1/0' };
  return new LocalTranscriptProvider(engine).generate(request, { signal });
}

describe('LocalTranscriptProvider', () => {
  itIsATranscriptProvider(
    () => new LocalTranscriptProvider(engine),
    async () => {
      const { wav, durationMs } = await say('book the hotel');
      return { audio: wav, durationMs, mimeType: 'audio/wav' };
    },
  );

  it('understands what the local voice says: fewer than a quarter of the words are wrong', async () => {
    const { text } = await hear((await say(`${SENTENCES.join('. ')}.`)).wav);
    const errors = wordErrors(SENTENCES.join(' ').split(' '), text.split(' '));
    const words = SENTENCES.join(' ').split(' ').length;
    expect(errors / words).toBeLessThan(0.25);
  });

  it('tells when each word was said, and hears it in other formats too', async () => {
    const { wav, words } = await say('book the hotel for forty people in the city');
    const mp3 = await encodedAudio(tools, { bytes: wav, format: 'wav' }, 'mp3', signal);
    for (const audio of [wav, mp3]) {
      const [segment] = (await hear(audio)).segments;
      const heard = segment?.words?.find(({ word }) => word === 'hotel');
      expect(Math.abs((heard?.startMs ?? 0) - (words[2]?.startMs ?? 0))).toBeLessThan(200);
    }
  });

  it.each([
    ['silence', new Int16Array(32_000)],
    ['next to nothing', new Int16Array(160)],
    [
      'hum',
      Int16Array.from({ length: 32_000 }, (_, at) => 8_000 * Math.sin((at * 2 * Math.PI * 50) / 16_000)),
    ],
  ])('hears no words in %s', async (_what, samples) => {
    const { text, confidence } = await hear(wavOf({ samples, sampleRate: 16_000 }));
    expect(text.split(' ').length).toBeLessThanOrEqual(1);
    expect(confidence).toBeLessThan(0.6);
  });

  it.each([
    ['numbers', 'one hundred and twenty', 'one hundred and twenty'],
    ['yes-no', 'no thank you', 'no thank you'],
    ['dates', 'saturday the fourteenth of june', 'saturday the fourteenth of june'],
  ] as const)('hears commands by the grammar of %s', async (grammar, said, expected) => {
    const { segments } = await engine.hear((await say(said)).wav, signal, grammar);
    expect(segments.map(({ text }) => text).join(' ')).toBe(expected);
  });

  it('rejects what is no recording', async () => {
    await expect(hear(Buffer.from('no sound'))).rejects.toMatchObject({ kind: 'rejected' });
  });

  it('says what is missing and how to install it', async () => {
    const bare = new TranscriptEngine(cpus, new MediaTools({ searchPath: '/nowhere' }));
    expect(await bare.health()).toMatchObject({ status: 'missing' });
    const modelless = new TranscriptEngine(cpus, tools, '/nowhere');
    expect(await modelless.health()).toEqual({
      status: 'missing',
      detail: expect.stringContaining('apt-get install pocketsphinx pocketsphinx-en-us'),
    });
    expect(await engine.health()).toEqual({ status: 'ready' });
  });
});
