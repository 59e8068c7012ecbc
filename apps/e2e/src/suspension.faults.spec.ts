import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ServiceProcess } from '@eventzr/testing';
import { call, PASSWORD } from './platform.js';
import { freePort, PlatformProcess } from './process.js';
import { startBeside } from './service-process.js';

/** What the platform promises: a suspension, a log-out and their end are known everywhere this soon. */
const EVERYWHERE_WITHIN_MS = 5_000;
/** Ten doors are tried side by side: without a rest they would take the processor from what they wait for. */
const LOOK_EVERY_MS = 50;
const STARTUP = 'a0000000-0000-4000-8000-000000000002';
const USER = '00000000-0000-4000-8000-000000000104';

interface Pair {
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** One process with all services, and auth, wallet and vault in processes of their own beside it. */
describe.each([
  ['without Redis', false],
  ['with Redis, which then dies', true],
])('one process and many, %s', (_, withRedis) => {
  let eventzr: PlatformProcess;
  let redis: ChildProcess | undefined;
  let admin: string;
  /** Reads that every signed-in user may do, in every process. */
  let doors: readonly string[];
  const services: ServiceProcess[] = [];
  let secondAuth: string;

  beforeAll(async () => {
    const environment: Record<string, string> = {};
    if (withRedis) {
      const port = await freePort();
      redis = await startRedis(port);
      environment['REDIS_URL'] = `redis://127.0.0.1:${port}`;
    }
    eventzr = new PlatformProcess(await freePort(), undefined, environment);
    await eventzr.start();
    const auth = await startBeside(eventzr, 'auth', environment);
    services.push(auth);
    // The wallet hears of it through the second auth, the vault through the first.
    const ofSecond = { ...environment, AUTH_INTERNAL_URL: auth.internalUrl };
    const wallet = await startBeside(eventzr, 'wallet', ofSecond);
    const vault = await startBeside(eventzr, 'vault', environment);
    services.push(wallet, vault);
    secondAuth = auth.url;
    doors = [
      ...[
        '/auth/v1/me',
        '/wallet/v1/wallets',
        '/studio/v1/render-jobs',
        '/aibrain/v1/requests',
        '/llm-orch/v1/prices',
      ],
      ...['/subscriptions/v1/subscriptions', '/vault/v1/assets'],
    ]
      .map((path) => eventzr.url + path)
      .concat(`${auth.url}/auth/v1/me`, `${wallet.url}/wallet/v1/wallets`, `${vault.url}/vault/v1/assets`);
    admin = (await logIn('admin@eventzr.com')).accessToken;
  }, 180_000);

  afterAll(async () => {
    for (const service of services) await service.kill();
    await eventzr.end('SIGTERM');
    redis?.kill('SIGKILL');
    rmSync(eventzr.dataDir, { recursive: true, force: true });
  });

  it('a suspended user is refused by every process within 5 s, and let in again as soon', async () => {
    const { accessToken } = await logIn('user@eventzr.com');
    await reaches(accessToken, 200);
    await patch(`${eventzr.url}/auth/v1/users/${USER}`, { status: 'suspended' });
    await reaches(accessToken, 401);
    await patch(`${secondAuth}/auth/v1/users/${USER}`, { status: 'active' });
    await reaches(accessToken, 200);
  });

  it('a suspended tenant too, all its users, and nobody else’s', async () => {
    const { accessToken } = await logIn('admin@startup.co');
    const other = await logIn('organizer@eventzr.com');
    await reaches(accessToken, 200);
    await patch(`${secondAuth}/auth/v1/tenants/${STARTUP}`, { status: 'suspended' });
    await reaches(accessToken, 401);
    await reaches(other.accessToken, 200);
    await patch(`${eventzr.url}/auth/v1/tenants/${STARTUP}`, { status: 'active' });
    await reaches(accessToken, 200);
  });

  it('a log-out in one process ends the session in all, whichever issued its tokens', async () => {
    const [first, second] = [
      await logIn('organizer@eventzr.com'),
      await logIn('organizer@eventzr.com', secondAuth),
    ];
    await reaches(second.accessToken, 200);
    await call(`${secondAuth}/auth/v1/logout`, { method: 'POST', token: first.accessToken });
    await reaches(first.accessToken, 401);
    await reaches(second.accessToken, 200);
    await call(`${eventzr.url}/auth/v1/logout-all`, { method: 'POST', token: second.accessToken });
    await reaches(second.accessToken, 401);
    const refreshed = await call(`${secondAuth}/auth/v1/refresh`, {
      body: { refreshToken: second.refreshToken },
    });
    expect(refreshed.status).toBe(401);
  });

  const theEndOfRedis = async () => {
    const { accessToken } = await logIn('user@eventzr.com');
    await reaches(accessToken, 200);
    redis?.kill('SIGKILL');
    await patch(`${eventzr.url}/auth/v1/users/${USER}`, { status: 'suspended' });
    await reaches(accessToken, 401);
    await patch(`${eventzr.url}/auth/v1/users/${USER}`, { status: 'active' });
    await reaches(accessToken, 200);
  };
  if (withRedis) it('the end of Redis changes none of it', theEndOfRedis);

  async function logIn(email: string, url = eventzr.url): Promise<Pair> {
    return (await call<Pair>(`${url}/auth/v1/login`, { body: { email, password: PASSWORD } })).data;
  }

  async function patch(url: string, body: object): Promise<void> {
    expect((await call(url, { method: 'PATCH', token: admin, body })).status).toBe(200);
  }

  /** Every process answers `status` to the token within the promised time. */
  async function reaches(token: string, status: number): Promise<void> {
    const startedAt = performance.now();
    const seen = await Promise.all(
      doors.map(async (door) => {
        for (;;) {
          const answer = await call(door, { token });
          const elapsedMs = performance.now() - startedAt;
          if (answer.status === status || elapsedMs > EVERYWHERE_WITHIN_MS) return [door, answer.status];
          await pause(LOOK_EVERY_MS);
        }
      }),
    );
    expect(seen).toEqual(doors.map((door) => [door, status]));
  }
});

async function startRedis(port: number): Promise<ChildProcess> {
  const child = spawn('redis-server', ['--port', String(port), '--save', '', '--bind', '127.0.0.1'], {
    stdio: 'ignore',
  });
  while (!(await accepts(port))) if (child.exitCode !== null) throw new Error('redis-server did not start');
  return child;
}

async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const opened = await once(socket, 'connect').then(
    () => true,
    () => false,
  );
  socket.destroy();
  return opened;
}
