import { Inject, Injectable, Optional, type OnApplicationShutdown } from '@nestjs/common';
import { Clock, HouseConfig, type ServiceName } from '@eventzr/config';
import { Database } from '@eventzr/db';
import { ServiceIdentity } from '@eventzr/http';
import { answerOf } from './answer.js';
import { CallSender, faultOf } from './call-sender.js';
import { CircuitBreaker } from './circuit-breaker.js';
import { HttpExchange } from './http-exchange.js';
import { RemoteError, RemoteUnavailable } from './remote-errors.js';
import type { ServiceCall } from './service-call.js';

/** Calls other services under this service's key, with the request's id and trace. */
@Injectable()
export class ServiceClient implements OnApplicationShutdown {
  private readonly exchange = new HttpExchange();
  private readonly sender: CallSender;
  private readonly breakers = new Map<ServiceName, CircuitBreaker>();

  constructor(
    @Inject(HouseConfig) config: HouseConfig,
    @Inject(ServiceIdentity) identity: ServiceIdentity,
    @Inject(Clock) private readonly clock: Clock,
    @Optional() @Inject(Database) private readonly database?: Database,
  ) {
    this.sender = new CallSender(config, identity, clock);
  }

  /**
   * The `data` of the other service's answer.
   * @throws RemoteError when it answered with an error
   * @throws RemoteUnavailable when it did not answer, or not in time
   */
  async call<T>(call: ServiceCall): Promise<T> {
    const breaker = this.admitted(call);
    const deadline = AbortSignal.timeout(call.timeoutMs);
    try {
      const { answer, tries } = await this.sender.send(call, deadline, (each) => this.exchange.send(each)); // prettier-ignore
      breaker.answered(answer.status);
      return answerOf<T>(call.service, answer, tries, this.clock.now());
    } catch (error) {
      breaker.lost(error);
      throw error;
    }
  }

  /**
   * An event stream as it comes, under the same circuit and deadline. Giving the iteration up ends the call.
   * @throws what `call` throws, also in the middle of the stream
   */
  async *stream(call: ServiceCall): AsyncGenerator<Uint8Array> {
    const breaker = this.admitted(call);
    const deadline = AbortSignal.timeout(call.timeoutMs);
    const left = new AbortController();
    try {
      const { answer, tries } = await this.sender.send(call, deadline, (each) =>
        this.exchange.open({ ...each, signal: AbortSignal.any([each.signal, left.signal]) }),
      );
      if (answer.events === undefined) {
        breaker.answered(answer.status);
        answerOf(call.service, answer, tries, this.clock.now());
        throw new RemoteUnavailable(call.service, 'unreadable', undefined, 'no event stream');
      }
      let silent = true;
      for await (const bytes of answer.events) {
        if (silent) breaker.answered(answer.status);
        silent = false;
        yield bytes;
      }
    } catch (error) {
      const fault = isRemote(error) ? error : faultOf(call, error, deadline);
      breaker.lost(fault);
      throw fault;
    } finally {
      left.abort();
      breaker.abandoned();
    }
  }

  onApplicationShutdown(): void {
    this.exchange.close();
  }

  private admitted({ service }: ServiceCall): CircuitBreaker {
    if (this.database?.inTransaction() === true)
      throw new Error(`A call to ${service} inside a transaction would keep it open`);
    const breaker = this.breakerOf(service);
    if (!breaker.admit()) throw new RemoteUnavailable(service, 'breaker');
    return breaker;
  }

  private breakerOf(service: ServiceName): CircuitBreaker {
    const known = this.breakers.get(service);
    if (known !== undefined) return known;
    const made = new CircuitBreaker(this.clock);
    this.breakers.set(service, made);
    return made;
  }
}

function isRemote(error: unknown): error is RemoteError | RemoteUnavailable {
  return error instanceof RemoteError || error instanceof RemoteUnavailable;
}
