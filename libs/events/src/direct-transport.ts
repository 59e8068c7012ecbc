import { Agent } from 'node:http';
import { Injectable } from '@nestjs/common';
import axios from 'axios';
import { HouseConfig, type ServiceName } from '@eventzr/config';
import { HttpErrors, ServiceIdentity } from '@eventzr/http';
import type { CloudEvent } from './cloud-event.js';
import { EventTransport, type DeliveryOutcome } from './event-transport.js';
import { subscribersOf } from './subscriptions.js';

const TIMEOUT_MS = 10_000;

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
      const { status, data } = await this.client.post<unknown>(
        `${base}/${destination}/v1/internal/events`,
        { events },
        { headers },
      );
      return outcomeOf(status, data);
    } catch (error) {
      return { kind: 'failed', error: axios.isAxiosError(error) ? (error.code ?? 'no answer') : 'no answer' };
    }
  }
}

function outcomeOf(status: number, body: unknown): DeliveryOutcome {
  if (status >= 200 && status < 300) return { kind: 'delivered' };
  const code = codeOf(body);
  const error = code === undefined ? `HTTP ${status}` : `HTTP ${status} ${code}`;
  return { kind: isAboutTheEvent(status, code, body) ? 'refused' : 'failed', error };
}

// Only what the receiver's inbox says of a bad event counts. A router that starts, or a service key that changes,
// answers 401, 403 or 404 as well: that passes, and the event must arrive afterwards.
function isAboutTheEvent(status: number, code: string | undefined, body: unknown): boolean {
  if (status === 413) return true;
  if (status === 400) return code === HttpErrors.VALIDATION_FAILED.entry.code;
  return status === 403 && code === HttpErrors.FORBIDDEN.entry.code && namesAProducer(body);
}

function codeOf(body: unknown): string | undefined {
  const code = fieldOf(fieldOf(body, 'error'), 'code');
  return typeof code === 'string' ? code : undefined;
}

/** The details of the inbox's producer check; the guard before it gives none. */
function namesAProducer(body: unknown): boolean {
  const details = fieldOf(fieldOf(body, 'error'), 'details');
  return typeof fieldOf(details, 'sender') === 'string';
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
