import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

/** Debian's redis-server on loopback, which keeps nothing. */
export interface RedisServer {
  readonly url: string;
  /** Ends it; safe to call twice. */
  stop(): Promise<void>;
  /** Starts it anew on its port, empty. */
  restart(): Promise<void>;
}

/** Whether there is one to start; says on stderr what is skipped and how to get it when there is none. */
export function hasRedis(skipped: string): boolean {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    process.stderr.write(`skipped: ${skipped} (no redis-server on PATH; apt-get install redis-server)\n`);
    return false;
  }
}

/** Starts one on a free port; stop it when the spec ends. */
export async function startRedis(): Promise<RedisServer> {
  const port = await freePort();
  let server = await spawned(port);
  return {
    url: `redis://127.0.0.1:${port}`,
    stop: async () => {
      if (server.exitCode !== null) return;
      server.kill('SIGTERM');
      await once(server, 'exit');
    },
    restart: async () => {
      server = await spawned(port);
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return port;
}

async function spawned(port: number) {
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const child = spawn('redis-server', settings, { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of child.stdout) if (String(line).includes('Ready to accept connections')) break;
  child.stdout.resume();
  return child;
}
