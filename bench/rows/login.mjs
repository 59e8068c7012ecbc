// Log-ins with the right password through auth, against argon2id alone on the same core: the password's hash is the
// ceiling, and everything else that a log-in does should disappear beside it.
import pg from 'pg';
import { seed } from '../../prisma/seed/auth.mjs';
import { inTurns, throughputLine } from '../report.mjs';
import { database, startService } from '../services.mjs';

// Attempts count before the password is looked at: more than five at once on one account would lock it for a while.
const CONNECTIONS = 4;
const PASSWORD = 'Password123!';
const KEY_ENCRYPTION_KEY = 'bench-key-encryption-key'.padEnd(40, '-');
const REFRESH_KEY = 'bench-refresh-key'.padEnd(40, '-');

export async function run(bench) {
  const { adminUrl } = await database(bench, 'auth');
  await fill(adminUrl);
  // Only here may limits be off: every log-in comes from one address.
  const auth = await startService(bench, 'auth', {
    EVENTZR_MODE: 'embedded',
    RATE_LIMIT: 'off',
    MAX_SESSIONS_PER_USER: '100000',
    KEY_ENCRYPTION_KEY,
    REFRESH_KEY,
  });
  const raw = bench.fork('measured/argon2.mjs', { measured: true });
  const login = {
    method: 'POST',
    path: '/auth/v1/login',
    headers: {},
    body: { email: 'user@eventzr.com', password: PASSWORD },
    status: 200,
  };
  const ours = (seconds) => ({
    pid: auth.pid,
    run: () =>
      bench.load().ask({
        port: auth.port,
        connections: CONNECTIONS,
        seconds,
        scenario: 'write',
        keyed: false,
        ...login,
      }),
  });
  const theirs = (seconds) => ({ run: () => raw.ask({ password: PASSWORD, seconds }) });
  await inTurns(1, ours(2), theirs(0.5));
  const figures = bench.short ? await inTurns(2, ours(1), theirs(1)) : await inTurns(4, ours(1), theirs(1));
  await raw.stop();
  const hashMs = figures.theirs.cpuPerCall;
  return [
    throughputLine({
      what: 'log-ins, POST /auth/v1/login',
      against: 'argon2id (19 MiB, t = 2, p = 1) alone, the ceiling',
      ...figures,
      note: `argon2id alone takes ${hashMs.toFixed(1)} ms of CPU: at most ${Math.floor(1000 / hashMs)} log-ins a second and core`,
    }),
  ];
}

async function fill(adminUrl) {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query('SET search_path TO auth');
    await seed({
      client,
      now: new Date(),
      secrets: { devTotpSecret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', keyEncryptionKey: KEY_ENCRYPTION_KEY },
    });
  } finally {
    await client.end();
  }
}
