import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answer } from './platform.js';
import { RunningPlatform, TENANT } from './platform.js';

const VOICE = '/aibrain/v1/voice/orchestrate';
const QUESTION = 'what should we do when it rains on the day of the outdoor ceremony';
const UNITS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen']; // prettier-ignore
const TENS = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];

interface Turn {
  readonly id: string;
  readonly conversationId: string;
  readonly answer: string;
  readonly costUsd: number;
  readonly credits: { readonly held: number; readonly charged: number; readonly refunded: number };
  readonly transcript: { readonly text: string; readonly language: string; readonly confidence: number };
  readonly audio?: { readonly url: string; readonly assetId: string; readonly format: string; readonly durationMs: number; readonly text: string }; // prettier-ignore
  readonly noAudio?: object;
  readonly stages: { readonly sttMs: number; readonly brainMs: number; readonly ttsMs: number };
}

/** Own ears, own planner, own voice: nothing is configured. */
describe('the voice call of the guide, on the embedded default', () => {
  let eventzr: RunningPlatform;
  let token: string;
  let turn: Answer<Turn>;
  let charged: number;

  beforeAll(async () => {
    eventzr = await RunningPlatform.start();
    token = await eventzr.login('dev@eventzr.com');
    const before = await eventzr.settledWallet(token);
    turn = await asTheGuideDoes('https://s3.amazonaws.com/bucket/recording.m4a');
    charged = before.available - (await eventzr.settledWallet(token)).available;
  }, 180_000);
  afterAll(() => eventzr.stop());

  /** Word for word, both hosts replaced by this platform's. */
  function asTheGuideDoes(audioUrl: string, headers: Record<string, string> = {}): Promise<Answer<Turn>> {
    const body = `{
"audioUrl": "${audioUrl.replace('https://s3.amazonaws.com', eventzr.platform.publicUrl)}",
"format": "m4a",
"languageHint": "en-US",
"mode": "single",
"ttsResponse": true
}`;
    const all = { 'content-type': 'application/json', 'x-tenant-id': TENANT, ...headers };
    return eventzr.call<Turn>(VOICE, { method: 'POST', token, headers: all, body });
  }

  it('hears the question, answers it usefully, and charges the sum of its parts', () => {
    const { status, data, error } = turn;
    expect([status, error]).toEqual([200, null]);
    expect(wordErrorRate(QUESTION, data.transcript.text)).toBeLessThan(0.25);
    expect(data.transcript.language).toBe('en-US');
    expect(data.answer).toMatch(/tell guests where they will find it/);
    expect(data.credits).toMatchObject({ held: 35 });
    expect([25, 30, 35]).toContain(data.credits.charged);
    expect(charged).toBe(data.credits.charged);
    expect(data.costUsd).toBeGreaterThan(0);
    for (const ms of Object.values(data.stages)) expect(ms).toBeGreaterThan(0);
  });

  it('speaks the answer so that a recogniser understands it', async () => {
    const { audio } = turn.data;
    expect([turn.data.noAudio, audio?.format]).toEqual([undefined, 'mp3']);
    const { pathname, search } = new URL(audio?.url ?? '');
    const sound = await fetch(eventzr.url + pathname + search);
    expect([sound.status, sound.headers.get('content-type')]).toEqual([200, 'audio/mpeg']);
    // The spoken answer is an asset, and so it can be the next question.
    const heard = await eventzr.call<Turn>(VOICE, {
      token,
      body: {
        assetId: audio?.assetId,
        onLowConfidence: 'continue',
        conversationId: turn.data.conversationId,
      },
    });
    expect(heard.error).toBeNull();
    const rate = wordErrorRate(audio?.text ?? '', heard.data.transcript.text);
    expect([heard.data.transcript.text, rate < 0.25]).toEqual([heard.data.transcript.text, true]);
  });

  it('is one turn however often it is sent under one key', async () => {
    const headers = { 'idempotency-key': 'one turn' };
    const first = await asTheGuideDoes('https://s3.amazonaws.com/samples/recording.m4a', headers);
    const again = await asTheGuideDoes('https://s3.amazonaws.com/samples/recording.m4a', headers);
    expect([again.text, again.headers.get('idempotency-replayed')]).toEqual([first.text, 'true']);
  });

  it('hears a recording from the vault, and another tenant finds neither it nor the spoken answer', async () => {
    const organizer = await eventzr.login('organizer@eventzr.com');
    const recording = await fetch(`${eventzr.url}/samples/recording.m4a`);
    const form = new FormData();
    form.set('file', new File([await recording.arrayBuffer()], 'question.m4a', { type: 'audio/mp4' }));
    form.set('visibility', 'private');
    const stored = await fetch(`${eventzr.url}/vault/v1/assets`, {
      method: 'POST',
      headers: { authorization: `Bearer ${organizer}` },
      body: form,
    });
    const { data: kept, error } = (await stored.json()) as Answer<{ id: string }>;
    expect(error).toBeNull();
    const mine = await eventzr.call<Turn>(VOICE, { token: organizer, body: { assetId: kept.id } });
    expect([mine.error, mine.data.transcript.text]).toEqual([null, turn.data.transcript.text]);
    const others = [await eventzr.login('admin@startup.co'), token];
    for (const [index, other] of others.entries()) {
      const { status, error: refused } = await eventzr.call(VOICE, {
        token: other,
        body: { assetId: kept.id },
      });
      expect([index, status, refused?.code]).toEqual([index, 404, 'AIBRAIN_1304']);
    }
    const stranger = { token: others[0] ?? '', body: { assetId: turn.data.audio?.assetId } };
    expect((await eventzr.call(VOICE, stranger)).error?.code).toBe('AIBRAIN_1304');
  });

  it.each([
    ['http://127.0.0.1/recording.m4a', 400, 'AIBRAIN_1300'],
    ['https://169.254.169.254/latest/meta-data', 422, 'AIBRAIN_1305'],
    ['file:///etc/passwd', 400, 'AIBRAIN_1300'],
  ])('does not fetch %s', async (audioUrl, http, code) => {
    const { status, error } = await eventzr.call(VOICE, { token, body: { audioUrl } });
    expect([status, error?.code]).toEqual([http, code]);
  });
});

/** Substitutions, insertions and deletions among the words that were said. */
function wordErrorRate(said: string, heard: string): number {
  const [expected, words] = [wordsOf(said), wordsOf(heard)];
  let row = words.map((_, index) => index + 1);
  expected.forEach((word, at) => {
    let [diagonal, left] = [at, at + 1];
    row = row.map((above, index) => {
      const here = Math.min(above + 1, left + 1, diagonal + Number(words[index] !== word));
      [diagonal, left] = [above, here];
      return here;
    });
  });
  return (row.at(-1) ?? expected.length) / expected.length;
}

/** As they are spoken: without signs, figures below a hundred in words. */
function wordsOf(text: string): string[] {
  const spoken = text.toLowerCase().replace(/\d{1,2}/g, (digits) => {
    const number = Number(digits);
    return UNITS[number] ?? `${TENS[Math.floor(number / 10)]} ${number % 10 === 0 ? '' : UNITS[number % 10]}`;
  });
  return spoken.split(/[^\p{L}']+/u).filter((word) => word !== '');
}
