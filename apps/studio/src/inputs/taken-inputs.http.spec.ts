import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { HttpErrors } from '@eventzr/http';
import { startService, TEST_TENANT, TEST_USER } from '@eventzr/testing';
import type { TestService } from '@eventzr/testing';
import sharp from 'sharp';
import { wavOf } from '../providers/local/speech/wav.js';
import type { User } from '../scene.fake.js';
import { Scene } from '../scene.fake.js';
import { studio } from '../studio.service-definition.js';
import { MediaInputs } from './media-inputs.js';
import { TakenInputs } from './taken-inputs.js';

const WEEK_MS = 7 * 24 * 3_600_000;
const OWNER = { tenantId: TEST_TENANT, userId: TEST_USER };

describe('what a request took in', () => {
  let app: TestService;
  let scene: Scene;
  let user: User;
  let picture: string;

  beforeAll(async () => {
    const plain = sharp({ create: { width: 32, height: 32, channels: 3, background: '#336699' } });
    picture = `data:image/png;base64,${(await plain.png().toBuffer()).toString('base64')}`;
    app = await startService(studio);
    scene = new Scene(app);
  });
  beforeEach(async () => {
    user = await app.as();
    app.wallet.balance(10_000);
    await scene.rows('DELETE FROM input_files');
  });
  afterAll(() => app.close());

  const wav = () => wavOf({ samples: new Int16Array(16_000), sampleRate: 16_000 });
  const transform = (more: object = {}) =>
    user
      .post('/studio/v1/images/transform')
      .send({ imageUrl: picture, transformation: 'style-transfer', styleReference: picture, ...more });

  /** Rows, and the files that lie in the storage of the rows' folder. */
  async function kept(): Promise<number> {
    return (await scene.rows('SELECT id FROM input_files')).length;
  }

  it.each<[string, number, string, () => Promise<{ status: number; body: { error: { code: string } } }>]>([
    ['an edit of two pictures', 402, 'INSUFFICIENT_CREDITS', async () => transform()],
    [
      'variations',
      402,
      'INSUFFICIENT_CREDITS',
      async () => user.post('/studio/v1/images/variations').send({ imageUrl: picture }),
    ],
    [
      'a film',
      402,
      'INSUFFICIENT_CREDITS',
      async () => user.post('/studio/v1/videos/generate').send({ prompt: 'a gala', durationSeconds: 3, imageUrls: [picture, picture] }), // prettier-ignore
    ],
    [
      'a recording',
      402,
      'INSUFFICIENT_CREDITS',
      async () => user.post('/studio/v1/audio/transcribe').attach('file', wav(), 'note.wav'),
    ],
    [
      'a talking head with a background',
      402,
      'INSUFFICIENT_CREDITS',
      async () => user.post('/studio/v1/avatars/talking-head').send({ script: 'Welcome.', background: picture }), // prettier-ignore
    ],
    [
      'a poster with a logo',
      402,
      'INSUFFICIENT_CREDITS',
      async () => user.post('/studio/v1/posters/generate').send({ title: 'Gala', date: '2027-06-12', venue: 'Hall', logo: picture }), // prettier-ignore
    ],
  ])('for %s is gone when the answer is %i', async (_what, status, code, ask) => {
    app.wallet.balance(0);
    const before = (await scene.files('inputs')).length;
    const answer = await ask();
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
    expect([await kept(), (await scene.files('inputs')).length]).toEqual([0, before]);
  });

  it('is gone when the words are refused, and when the second file is none', async () => {
    const refused = await user
      .post('/studio/v1/images/variations')
      .send({ imageUrl: picture, prompt: 'porno, explicit' });
    const half = await transform({ styleReference: 'data:image/png;base64,AAAA' });
    expect([refused.status, half.status, await kept()]).toEqual([422, 415, 0]);
  });

  it('stays for the job that was accepted beside one that was not', async () => {
    app.wallet.balance(25);
    const answers = await Promise.all([transform(), transform(), transform()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 402, 402]);
    expect(await kept()).toBe(2);
    await scene.work();
    const accepted = answers.find(({ status }) => status === 202);
    expect((await scene.job(user, accepted?.body.data.jobId)).status).toBe('succeeded');
  });

  it('is taken anew when the refused request is repeated under its key', async () => {
    app.wallet.balance(0);
    const again = () => transform().set('idempotency-key', 'one-edit');
    expect((await again()).status).toBe(402);
    app.wallet.balance(25);
    expect([(await again()).status, (await again()).status, await kept()]).toEqual([202, 202, 2]);
  });

  it('goes when a brand kit has its own copy of it', async () => {
    const organizer = await app.as({ roles: ['organizer'] });
    const kit = { name: 'House', colours: [{ role: 'primary', hex: '#113355' }], logo: picture };
    const { status, body } = await organizer.post('/studio/v1/brand-kits').send(kit);
    expect([status, body.data.hasLogo, await kept()]).toEqual([201, true, 0]);
  });

  it('stays when nobody knows whether a job was written, or when the process ended: until its week is over', async () => {
    const [inputs, taken] = [get(MediaInputs), get(TakenInputs)];
    const take = () => inputs.take({ dataUri: picture }, 'image', OWNER);
    const lost = taken.during('when refused', async () => {
      await take();
      throw new Error('the connection was lost while committing');
    });
    await expect(lost).rejects.toThrow('committing');
    await take();
    expect(await kept()).toBe(2);
    app.clock.advance(WEEK_MS + 1);
    expect(await scene.sweep('purge-expired')).toMatchObject({ succeeded: 2, failed: 0 });
    expect(await kept()).toBe(0);
  });

  it('says nothing of an asset where nobody judges pictures', async () => {
    const jobId = await scene.submit(user);
    await scene.work();
    await scene.rows('UPDATE assets SET judged_by = NULL WHERE job_id = $1', [jobId]);
    const [{ id: assetId }] = (await scene.job(user, jobId)).assets;
    expect((await transform({ imageUrl: undefined, assetId })).status).toBe(202);
    expect(await scene.rows('SELECT judged_by FROM assets WHERE job_id = $1', [jobId])).toEqual([{ judged_by: null }]); // prettier-ignore
  });

  it('a refusal of its own making stays the answer', async () => {
    const refused = get(TakenInputs).during('when over', () => Promise.reject(HttpErrors.FORBIDDEN()));
    await expect(refused).rejects.toMatchObject({ entry: { code: 'FORBIDDEN' } });
  });

  function get<T>(type: abstract new (...args: never[]) => T): T {
    return app.service.app.get<T>(type, { strict: false });
  }
});
