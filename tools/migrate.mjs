// npm run db:migrate -- <service>|all: makes roles and databases, applies migrations, installs the queue, checks RLS.
// Reads ADMIN_DATABASE_URL, and per service <SVC>_APP_PASSWORD and <SVC>_JOB_PASSWORD; for one service its
// DATABASE_URL and JOB_DATABASE_URL may carry the passwords instead. SEED=demo adds the documented accounts, whose
// password everybody knows: refused unless EVENTZR_MODE=embedded.
import { ConfigError, SERVICE_NAMES, snakeName } from '@eventzr/config';
import { migrate, MigrationError, oneLine, provision } from '@eventzr/db';

try {
  const [wanted, ...rest] = process.argv.slice(2);
  if (wanted === undefined || rest.length > 0 || !(wanted === 'all' || SERVICE_NAMES.includes(wanted))) {
    throw new MigrationError(
      `Usage: npm run db:migrate -- <service>|all, where <service> is one of ${SERVICE_NAMES.join(', ')}`,
    );
  }
  const adminUrl = process.env.ADMIN_DATABASE_URL?.trim();
  if (!adminUrl)
    throw new MigrationError(
      'ADMIN_DATABASE_URL is not set: give the URL of a role that may create roles and databases',
    );
  const seeding = process.env.SEED === 'demo';
  if (seeding && process.env.EVENTZR_MODE !== 'embedded')
    throw new MigrationError('SEED=demo is refused in production: its accounts have a published password');
  const services = wanted === 'all' ? SERVICE_NAMES : [wanted];
  const plans = services.map((service) => ({ service, passwords: passwordsOf(service, wanted !== 'all') }));
  for (const { service, passwords } of plans) {
    await provision({ adminUrl, service, passwords });
    const applied = await migrate({ adminUrl, service });
    console.log(`${service}: ${applied.length === 0 ? 'up to date' : `applied ${applied.join(', ')}`}`);
  }
  if (seeding) {
    const { seedAll } = await import('../prisma/seed/index.mjs');
    const secrets = {
      devTotpSecret: process.env.DEV_TOTP_SECRET,
      keyEncryptionKey: process.env.KEY_ENCRYPTION_KEY,
    };
    console.log(`seeded: ${(await seedAll({ adminUrl, services, secrets })).join(', ')}`);
  }
} catch (error) {
  const known = error instanceof MigrationError || error instanceof ConfigError;
  console.error(known ? error.message : `Migration stopped: ${oneLine(error)}`);
  process.exitCode = 1;
}

function passwordsOf(service, alone) {
  const stem = snakeName(service).toUpperCase();
  const password = (role, url) => {
    const value =
      process.env[`${stem}_${role}_PASSWORD`] || (alone && process.env[url] ? fromUrl(process.env[url]) : '');
    if (!value)
      throw new MigrationError(
        `${stem}_${role}_PASSWORD is not set: give the password of ${stem.toLowerCase()}_${role.toLowerCase()}`,
      );
    return value;
  };
  return { app: password('APP', 'DATABASE_URL'), job: password('JOB', 'JOB_DATABASE_URL') };
}

function fromUrl(url) {
  try {
    return decodeURIComponent(new URL(url).password);
  } catch {
    return '';
  }
}
