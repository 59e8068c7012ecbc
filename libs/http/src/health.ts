import { Injectable } from '@nestjs/common';

export type HealthStatus = 'up' | 'down' | 'degraded';

export interface HealthState {
  readonly status: HealthStatus;
  readonly detail?: string;
  /** A required part that is down makes the service not ready. */
  readonly required: boolean;
}

/** One thing that readiness depends on. */
export abstract class HealthIndicator {
  abstract readonly name: string;
  /** Must settle soon after `signal` aborts; a throw counts as down. */
  abstract check(signal: AbortSignal): Promise<HealthState>;
}

export interface HealthCheck {
  readonly status: HealthStatus;
  readonly latencyMs: number;
  readonly detail?: string;
}

export interface HealthReport {
  readonly ready: boolean;
  readonly checks: Readonly<Record<string, HealthCheck>>;
}

const CHECK_TIMEOUT_MS = 2_000;

/** Collects the indicators of all modules; `GET /health/ready` asks them. */
@Injectable()
export class HealthRegistry {
  private readonly indicators = new Map<string, HealthIndicator>();

  /** Adds an indicator; a later one of the same name replaces it. */
  add(indicator: HealthIndicator): void {
    this.indicators.set(indicator.name, indicator);
  }

  /** Asks all indicators at once, each within two seconds. */
  async report(): Promise<HealthReport> {
    const entries = await Promise.all([...this.indicators.values()].map(examine));
    return {
      ready: entries.every(([, , blocking]) => !blocking),
      checks: Object.fromEntries(entries.map(([name, check]) => [name, check])),
    };
  }
}

async function examine(
  indicator: HealthIndicator,
): Promise<[name: string, check: HealthCheck, blocking: boolean]> {
  const startedAt = performance.now();
  const signal = AbortSignal.timeout(CHECK_TIMEOUT_MS);
  const state = await Promise.race([indicator.check(signal), late(signal)]).catch(unreachable);
  const latencyMs = Math.round((performance.now() - startedAt) * 10) / 10;
  const detail = state.detail === undefined ? {} : { detail: state.detail };
  return [
    indicator.name,
    { status: state.status, latencyMs, ...detail },
    state.required && state.status === 'down',
  ];
}

function late(signal: AbortSignal): Promise<HealthState> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () =>
      resolve({ status: 'down', detail: 'no answer in time', required: true }),
    );
  });
}

// The reason may hold addresses or credentials: it goes to the log of whoever failed, not to callers.
function unreachable(): HealthState {
  return { status: 'down', detail: 'check failed', required: true };
}
