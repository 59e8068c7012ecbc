import { Writable } from 'node:stream';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createLogger, ManualClock, type Environment } from '@eventzr/config';
import { SweepRunner } from '@eventzr/jobs';
import { startSeededService, type SeededService } from '@eventzr/testing';
import { AccountCalls, codeOf, tokenIn } from '../accounts/account-calls.fake.js';
import { auth } from '../auth.service-definition.js';
import { FakeMailServer } from '../providers/smtp/mail-server.fake.js';

const DAY_MS = 24 * 3_600_000;
const PLAIN = { hideSTARTTLS: true, allowInsecureAuth: true };
let test: SeededService;
let calls: AccountCalls;
let server: FakeMailServer | undefined;
let lines: string[];
const clock = new ManualClock(Date.UTC(2026, 2, 1, 12));

const start = async (environment: Environment) => {
  lines = [];
  const sink = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(chunk.toString());
      done();
    },
  });
  const logger = createLogger('auth-svc', 'trace', sink);
  test = await startSeededService(auth, { environment, clock, logger });
  calls = new AccountCalls(test);
};
const withServer = async (environment: Environment = {}) => {
  server = await FakeMailServer.start(PLAIN);
  await start({
    SMTP_URL: server.url(),
    SMTP_TLS: 'optional',
    MAIL_FROM: 'Test <test@example.org>',
    ...environment,
  });
  return server;
};
const orders = async () =>
  (await test.admin.query(`SELECT state, attempts FROM mail_orders ORDER BY created_at, id`)).rows;
const sweep = () =>
  test.service.app
    .get(SweepRunner)
    .sweeps()
    .find(({ name }) => name === 'deliver-mails')
    ?.run();

afterEach(async () => {
  await test.close();
  await server?.stop();
  server = undefined;
});

describe('mail with a server', () => {
  it('goes out after the answer, with a token that works', async () => {
    const { received } = await withServer();
    await calls.signedUp('ada@example.com');
    expect(received).toEqual([]);
    await test.drainJobs();
    expect(received).toMatchObject([{ from: 'test@example.org', to: ['ada@example.com'] }]);
    await calls.post('email/verify', { token: tokenIn(received[0]?.text ?? '') }).expect(200);
    expect(await orders()).toEqual([{ state: 'sent', attempts: 1 }]);
  });

  it('points to the front end where there is one, with the token where no server log sees it', async () => {
    const { received } = await withServer({ ACCOUNT_PAGES_URL: 'https://app.example.org/account/' });
    await calls.post('password/forgot', { email: 'user@eventzr.com' }).expect(200);
    await test.drainJobs();
    expect(received[0]?.text).toMatch(/https:\/\/app\.example\.org\/account\/reset-password#token=[\w-]{64}/);
  });

  it('survives an outage of the server, however long people wait: nothing is lost, nobody waits', async () => {
    const { received } = await withServer();
    const port = server?.port ?? 0;
    await server?.stop();
    await calls.signedUp('patient@example.com');
    await calls.post('password/forgot', { email: 'user@eventzr.com' }).expect(200);
    await test.drainJobs();
    expect(received).toEqual([]);
    for (let hour = 0; hour < 48; hour += 1) {
      clock.advance(3_600_000);
      await test.drainJobs();
    }
    expect(await orders()).toEqual([
      { state: 'due', attempts: 49 },
      { state: 'due', attempts: 49 },
    ]);
    server = await FakeMailServer.start(PLAIN, port);
    clock.advance(3_600_000);
    await test.drainJobs();
    const people = server.received.map(({ to }) => to[0]).sort();
    expect(people).toEqual(['patient@example.com', 'user@eventzr.com']);
    // The time in the mail counts from when it was sent.
    const reset = server.received.find(({ to }) => to[0] === 'user@eventzr.com');
    const body = { token: tokenIn(reset?.text ?? ''), newPassword: 'a tent, a stage and rain' };
    await calls.post('password/reset', body).expect(200);
  });

  it('is given up when the recipient is refused for good, or after three days', async () => {
    const fake = await withServer();
    fake.refuseRecipients = 550;
    await calls.signedUp('no.such@example.com');
    await test.drainJobs();
    expect(await orders()).toEqual([{ state: 'failed', attempts: 1 }]);
    fake.refuseRecipients = 451;
    await calls.signedUp('full@example.com');
    await test.drainJobs();
    clock.advance(3 * DAY_MS);
    await test.drainJobs();
    expect(await orders()).toContainEqual({ state: 'failed', attempts: 2 });
    expect(lines.filter((line) => line.includes('"alarm":true'))).toHaveLength(2);
  });

  it('is found again by the sweep when its worker died', async () => {
    const { received } = await withServer();
    await calls.signedUp('orphan@example.com');
    // A worker took the row, and was killed.
    await test.admin.query(
      `UPDATE mail_orders SET attempts = 1, lease_until = $1, lease_fence = gen_random_uuid()`,
      [new Date(clock.now().getTime() + 60_000)],
    );
    await test.drainJobs();
    await sweep();
    await test.drainJobs();
    expect(received).toEqual([]); // it may still be at work
    clock.advance(60_000);
    await sweep();
    await sweep();
    await test.drainJobs();
    expect(received).toHaveLength(1);
    expect(await orders()).toEqual([{ state: 'sent', attempts: 2 }]);
  });

  it('its orders and tokens are forgotten in time', async () => {
    await withServer();
    await calls.signedUp('forget@example.com');
    await test.drainJobs();
    clock.advance(7 * DAY_MS);
    await sweep();
    expect(await orders()).toHaveLength(1);
    clock.advance(1);
    await sweep();
    expect(await orders()).toEqual([]);
    expect((await test.admin.query('SELECT FROM account_tokens')).rowCount).toBe(0);
  });

  it('shows neither token nor address in the log, and has no outbox', async () => {
    const fake = await withServer();
    fake.refuseRecipients = 451;
    await calls.signedUp('quiet@example.com');
    await test.drainJobs();
    fake.refuseRecipients = undefined;
    clock.advance(DAY_MS);
    await test.drainJobs();
    expect(fake.received).toHaveLength(1);
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.join()).not.toContain(tokenIn(fake.received[0]?.text ?? ''));
    expect(lines.join()).not.toContain('quiet@example.com');
    await test.request().get('/auth/v1/dev/outbox').expect(404);
  });
});

describe('mail without a server', () => {
  it('embedded: lies in the outbox, the newest first', async () => {
    await start({});
    await calls.signedUp('first@example.com');
    await calls.signedUp('second@example.com');
    await test.drainJobs();
    const { body } = await test.request().get('/auth/v1/dev/outbox').expect(200);
    expect((body as { data: { to: string }[] }).data.map(({ to }) => to)).toEqual([
      'second@example.com',
      'first@example.com',
    ]);
    await test.request().get('/auth/v1/dev/outbox').query({ to: 'x' }).expect(400);
  });

  it('production: there is no outbox, and the log says that a mail was due, not to whom nor what', async () => {
    await start({ EVENTZR_MODE: 'production', RATE_LIMIT: 'on' });
    expect(codeOf(await test.request().get('/auth/v1/dev/outbox').expect(404))).toBe('NOT_FOUND');
    await calls.signedUp('prod@example.com');
    await test.drainJobs();
    const line = lines.find((text) => text.includes('SMTP_URL is not set')) ?? '';
    expect(line).toContain('Confirm your e-mail address');
    expect(lines.join()).not.toContain('prod@example.com');
    expect(lines.join()).not.toMatch(/[A-Za-z0-9_-]{64}/);
  });
});
