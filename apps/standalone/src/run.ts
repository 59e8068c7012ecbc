import { startFaultLine } from '@eventzr/service';
import type { StandaloneConfig } from './config.js';
import type { Platform } from './platform.js';
import { startPlatform } from './platform.js';

const STOP_DEADLINE_MS = 10_000;

/** Starts the platform, tells how to use it, and stops it on Ctrl-C or SIGTERM within 10 s. */
export async function runStandalone(read: () => StandaloneConfig): Promise<void> {
  const startedAt = performance.now();
  let platform: Platform | undefined;
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), STOP_DEADLINE_MS).unref();
    void Promise.resolve(platform?.close()).then(() => process.exit(0));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  try {
    platform = await startPlatform(read());
  } catch (error) {
    process.stderr.write(startFaultLine('EventZR', error));
    process.exit(1);
  }
  if (stopping) return void platform.close().then(() => process.exit(0));
  process.stdout.write(greeting(platform, Math.round(performance.now() - startedAt)));
}

function greeting({ publicUrl, internalPort, secrets }: Platform, tookMs: number): string {
  const key =
    secrets.internalApiKey() === '' ? 'blank: job endpoints are closed' : secrets.fileOf('INTERNAL_API_KEY');
  return [
    `EventZR is ready on ${publicUrl} (${(tookMs / 1000).toFixed(1)} s)`,
    '',
    `  playgrounds    ${publicUrl}/<service>/v1/docs   auth wallet studio aibrain llm-orch subscriptions vault`,
    '  accounts       dev@ admin@ organizer@ user@ partner@eventzr.com, admin@startup.co   password Password123!',
    `  dev@ TOTP      ${secrets.totpSeed()}   (the second factor that subscriptions asks dev@ for)`,
    `  internal key   ${key}`,
    `  internal port  ${internalPort} (loopback only)`,
    '',
  ].join('\n');
}
