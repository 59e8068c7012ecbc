import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ServiceName } from '@eventzr/config';
import { testServiceKey } from '@eventzr/testing';
import { freePort, ROOT } from './process.js';

const LOOK_EVERY_MS = 20;

/** One service as its container runs it, to be killed and started again on the same database. */
export class ServiceProcess {
  private child: ChildProcess | undefined;

  private constructor(
    readonly service: ServiceName,
    readonly port: number,
    private readonly environment: Readonly<Record<string, string>>,
  ) {}

  static async start(
    service: ServiceName,
    environment: Readonly<Record<string, string>>,
  ): Promise<ServiceProcess> {
    const started = new ServiceProcess(service, await freePort(), environment);
    await started.start();
    return started;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Ends when the service says that it is ready. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, [join('apps', this.service, 'dist/main.js')], {
      cwd: ROOT,
      env: { PATH: process.env.PATH, ...this.defaults(), ...this.environment },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    this.child = child;
    while (!(await this.isReady())) {
      if (child.exitCode !== null) throw new Error(`${this.service} did not start`);
      await delay(LOOK_EVERY_MS);
    }
  }

  /** Ends the process at once, as a lost machine would; resolves when it is gone. */
  async kill(): Promise<void> {
    const { child } = this;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  private defaults(): Record<string, string> {
    const digest = createHash('sha256').update(testServiceKey(this.service)).digest('hex');
    return {
      EVENTZR_MODE: 'production',
      LOG_LEVEL: 'fatal',
      HOST: '127.0.0.1',
      INTERNAL_HOST: '127.0.0.1',
      PORT: String(this.port),
      INTERNAL_PORT: String(this.port + 1),
      SERVICE_KEY: testServiceKey(this.service),
      SERVICE_KEY_DIGESTS: `${this.service}:${digest}`,
    };
  }

  private async isReady(): Promise<boolean> {
    const answer = await fetch(`${this.url}/${this.service}/v1/health/ready`).catch(() => undefined);
    await answer?.body?.cancel();
    return answer?.status === 200;
  }
}
