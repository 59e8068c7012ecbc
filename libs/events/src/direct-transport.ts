import { Agent } from 'node:http';
import { Injectable } from '@nestjs/common';
import axios from 'axios';
import { HouseConfig, type ServiceName } from '@eventzr/config';
import { ServiceIdentity } from '@eventzr/http';
import type { CloudEvent } from './cloud-event.js';
import { EventTransport, type DeliveryOutcome } from './event-transport.js';
import { subscribersOf } from './subscriptions.js';

const TIMEOUT_MS = 10_000;
/** Client errors that pass by themselves: timeouts, too early, too many. */
const PASSING = new Set([408, 425, 429]);

/** Posts events to the private listener of every subscribing service. */
@Injectable()
export class DirectTransport extends EventTransport {
  private readonly client = axios.create({
    timeout: TIMEOUT_MS,
    maxRedirects: 0,
    proxy: false,
    httpAgent: new Agent({ keepAlive: true, maxSockets: 4 }),
    validateStatus: () => true,
  });

  constructor(
    private readonly config: HouseConfig,
    private readonly identity: ServiceIdentity,
  ) {
    super();
  }

  destinations(type: string): readonly ServiceName[] {
    return subscribersOf(type);
  }

  async deliver(destination: ServiceName, events: readonly CloudEvent[]): Promise<DeliveryOutcome> {
    const base = this.config.internalUrlOf(destination);
    if (base === undefined)
      return { kind: 'failed', error: `the internal URL of ${destination} is not configured` };
    const headers = { 'x-service-name': this.identity.name, 'x-service-key': this.config.serviceKey };
    try {
      const { status } = await this.client.post<unknown>(
        `${base}/${destination}/v1/internal/events`,
        { events },
        { headers },
      );
      return outcomeOf(status);
    } catch (error) {
      return { kind: 'failed', error: axios.isAxiosError(error) ? (error.code ?? 'no answer') : 'no answer' };
    }
  }
}

function outcomeOf(status: number): DeliveryOutcome {
  if (status >= 200 && status < 300) return { kind: 'delivered' };
  const refused = status >= 400 && status < 500 && !PASSING.has(status);
  return { kind: refused ? 'refused' : 'failed', error: `HTTP ${status}` };
}
