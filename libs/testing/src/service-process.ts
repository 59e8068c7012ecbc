import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Environment, ServiceName } from '@eventzr/config';

const LOOK_EVERY_MS = 20;

/** A real process of a service, as its container runs it, to be killed by a spec. */
export class ServiceProcess {
  private output = '';

  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    readonly internalUrl: string,
  ) {
    child.stdout?.on('data', (text) => (this.output += String(text)));
    child.stderr?.on('data', (text) => (this.output += String(text)));
  }

  /**
   * Starts `script`, the service's built `main.js` or `worker.js`, and waits until it is ready.
   * @throws Error with what the process printed when it ends instead
   */
  static async start(
    service: ServiceName,
    script: string,
    environment: Environment,
  ): Promise<ServiceProcess> {
    const [port, internalPort] = [await freePort(), await freePort()];
    const env = {
      ...environment,
      HOST: '127.0.0.1',
      INTERNAL_HOST: '127.0.0.1',
      PORT: String(port),
      INTERNAL_PORT: String(internalPort),
    };
    const child = spawn(process.execPath, [script], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const started = new ServiceProcess(child, `http://127.0.0.1:${port}`, `http://127.0.0.1:${internalPort}`);
    while (!(await started.isReady(service))) await pause(LOOK_EVERY_MS);
    return started;
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /** Asks it to end, as an orchestrator does, and waits until it has. @returns its exit status; null: a signal ended it */
  async stop(): Promise<number | null> {
    const gone = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await gone;
    return this.child.exitCode;
  }

  /** `kill -9`, and nothing else. */
  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await gone;
  }

  private async isReady(service: ServiceName): Promise<boolean> {
    if (this.child.exitCode !== null) throw new Error(`${service} did not start: ${this.output}`);
    const answer = await fetch(`${this.url}/${service}/v1/health/ready`).catch(() => undefined);
    return answer?.status === 200;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
