import type { ServiceName } from '@eventzr/config';
import type { ErrorDetails } from '@eventzr/http';
import type { ExchangeAnswer } from './http-exchange.js';
import { RemoteError, RemoteUnavailable } from './remote-errors.js';
import { retryAfterOf } from './retry.js';

/** Opens the envelope: `data`, or what went wrong on the other side. */
export function answerOf<T>(service: ServiceName, answer: ExchangeAnswer, tries: number, now: Date): T {
  const { status, body } = answer;
  const retryAfterSeconds = retryAfterOf(answer.headers['retry-after'], now);
  if (isRecord(body) && isRecord(body['error'])) {
    const { code, name, message, details } = body['error'];
    throw new RemoteError({
      service,
      status,
      code: String(code),
      name: String(name),
      message: String(message),
      details: (details ?? null) as ErrorDetails,
      retryAfterSeconds,
      tries,
    });
  }
  if (status >= 200 && status < 300 && isRecord(body) && 'data' in body) return body['data'] as T;
  throw new RemoteUnavailable(service, 'unreadable', retryAfterSeconds, `status ${status}`);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
