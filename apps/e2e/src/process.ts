import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Answer, Call } from './platform.js';
import { call, PASSWORD } from './platform.js';

/** The repository. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../../..');

/** How a start ended that did not lead to a running platform. */
export interface RefusedStart {
  readonly exitCode: number | null;
  readonly stderr: string;
}

/** `npm start` as a process of its own, to be killed and started again on the same data. */
export class PlatformProcess {
  private child: ChildProcess | undefined;
  private output = '';

  constructor(
    readonly port: number,
    readonly dataDir: string = mkdtempSync(join(tmpdir(), 'eventzr-process-')),
    private readonly environment: Readonly<Record<string, string>> = {},
    private readonly command: readonly [string, ...string[]] = [process.execPath, 'tools/start.mjs'],
  ) {}

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get pid(): number {
    return this.child?.pid ?? 0;
  }

  get internalApiKey(): string {
    return readFileSync(join(this.dataDir, 'secrets/internal_api_key'), 'utf8').trim();
  }

  /** Ends when the platform says that it is ready. */
  async start(): Promise<void> {
    const refused = await this.tryStart();
    if (refused !== undefined) throw new Error(`the platform did not start: ${refused.stderr}`);
  }

  /** As `start`, for starts that are meant to be refused. */
  async tryStart(): Promise<RefusedStart | undefined> {
    this.output = '';
    const environment = {
      SCHEDULER: 'off',
      RATE_LIMIT: 'off',
      LOG_LEVEL: 'fatal',
      HOST: '127.0.0.1',
      ...this.environment,
    };
    const [program, ...words] = this.command;
    const child = spawn(program, words, {
      cwd: ROOT,
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        PORT: String(this.port),
        INTERNAL_PORT: String(this.port + 1),
        DATA_DIR: this.dataDir,
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    return new Promise((resolve) => {
      child.stdout.on('data', (chunk: Buffer) => {
        this.output += chunk.toString();
        if (this.output.includes('EventZR is ready on')) resolve(undefined);
      });
      child.once('exit', (exitCode) => resolve({ exitCode, stderr }));
    });
  }

  /** Ends the process with `signal` and waits until it is gone. */
  async end(signal: NodeJS.Signals): Promise<number | null> {
    const { child } = this;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null)
      return child?.exitCode ?? null;
    const exited = once(child, 'exit') as Promise<[number | null]>;
    child.kill(signal);
    const [exitCode] = await exited;
    return exitCode;
  }

  call<T = unknown>(path: string, options: Call = {}): Promise<Answer<T>> {
    return call<T>(this.url + path, options);
  }

  async login(email: string): Promise<string> {
    const { data } = await this.call<{ accessToken: string }>('/auth/v1/login', {
      body: { email, password: PASSWORD },
    });
    return data.accessToken;
  }

  job<T = unknown>(path: string): Promise<Answer<T>> {
    return this.call<T>(path, { method: 'POST', headers: { 'x-internal-api-key': this.internalApiKey } });
  }
}

/** A port that is free and whose successor is free as well. */
export async function freePort(): Promise<number> {
  for (;;) {
    const first = await listening(0);
    const { port } = first?.address() as AddressInfo;
    const second = await listening(port + 1);
    for (const server of [first, second]) {
      server?.close();
      if (server !== undefined) await once(server, 'close');
    }
    if (second !== undefined) return port;
  }
}

async function listening(port: number): Promise<Server | undefined> {
  const server = createServer().listen(port, '127.0.0.1');
  return once(server, 'listening').then(
    () => server,
    () => undefined,
  );
}
