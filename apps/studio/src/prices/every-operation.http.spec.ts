import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startService } from '@eventzr/testing';
import type { TestService } from '@eventzr/testing';
import sharp from 'sharp';
import { studio } from '../studio.service-definition.js';

const PARTY = { title: 'Harbour Lights', date: '2027-06-12T19:30', venue: 'Pier 7, Hamburg' };
const pixels = await sharp({ create: { width: 32, height: 32, channels: 3, background: '#c04020' } })
  .png()
  .toBuffer();
const PICTURE = { imageUrl: `data:image/png;base64,${pixels.toString('base64')}` };

const OPERATIONS: [operation: string, route: string, request: object][] = [
  ['images.generate', 'images/generate', { prompt: 'a cake', variants: 3 }],
  ['images.transform', 'images/transform', { ...PICTURE, transformation: 'upscale' }],
  ['images.remove-background', 'images/remove-background', PICTURE],
  ['images.variations', 'images/variations', { ...PICTURE, variants: 2 }],
  ['videos.generate', 'videos/generate', { prompt: 'a cake', durationSeconds: 7, quality: 'high' }],
  ['audio.tts', 'audio/tts', { text: 'Welcome to the harbour. '.repeat(80) }],
  ['music.generate', 'music/generate', { prompt: 'a waltz', durationSeconds: 45 }],
  ['avatars.talking-head', 'avatars/talking-head', { script: 'Welcome to the harbour.' }],
  ['posters.generate', 'posters/generate', PARTY],
  ['invitations.generate', 'invitations/generate', PARTY],
  ['presentations.generate', 'presentations/generate', { topic: 'a fair', slides: 9 }],
];

describe.each(OPERATIONS)('%s', (operation, route, request) => {
  let app: TestService;

  beforeAll(async () => {
    app = await shared();
    app.wallet.balance(10_000);
  });

  it('holds what its estimate says', async () => {
    const user = await app.as();
    const estimate = await user.post('/studio/v1/estimates').send({ operation, request });
    const { status, body } = await user.post(`/studio/v1/${route}`).send(request);
    expect([status, body.error]).toEqual([202, null]);
    expect(body.data.creditsReserved).toBe(estimate.body.data.credits);
  });

  it('is refused above the caller’s ceiling, before anything is held', async () => {
    const holds = app.wallet.taken.length;
    const asked = (await app.as()).post(`/studio/v1/${route}`).set('x-budget-max-usd', '0.00001');
    const { status, body } = await asked.send(request);
    expect([status, body.error?.code, app.wallet.taken.length]).toEqual([402, 'BUDGET_EXCEEDED', holds]);
  });
});

let started: Promise<TestService> | undefined;
function shared(): Promise<TestService> {
  return (started ??= startService(studio, { environment: { IMAGE_MODERATION: 'off' } }));
}

afterAll(async () => (await started)?.close());
