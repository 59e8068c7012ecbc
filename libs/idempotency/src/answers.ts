import { RenderedAnswer, renderAnswer, Reply, reply } from '@eventzr/http';
import type { Answers } from './operation-scope.js';
import type { WriteOptions } from './write.js';

export interface AnsweringRoute {
  readonly status: number;
  /** Sent as it stands, without the envelope. */
  readonly raw: boolean;
}

/** Makes the final answers of a route: what is sent, and what is kept for a repeated request. */
export function answersFor({ showOnce }: WriteOptions, route: AnsweringRoute): (result: unknown) => Answers {
  const render = (result: unknown) =>
    route.raw ? renderRaw(result, route.status) : renderAnswer(result, route.status);
  return (result) => {
    const sent = render(result);
    if (sent.status < 200 || sent.status > 299) return { sent, stored: undefined };
    return { sent, stored: showOnce === undefined ? sent : render(withoutSecrets(result, showOnce)) };
  };
}

function renderRaw(result: unknown, status: number): RenderedAnswer {
  const { data, options } = result instanceof Reply ? (result as Reply) : reply(result);
  return new RenderedAnswer(options.status ?? status, JSON.stringify(data ?? null), {
    'content-type': 'application/json; charset=utf-8',
    ...options.headers,
  });
}

function withoutSecrets(result: unknown, fields: readonly string[]): unknown {
  if (result instanceof Reply) return new Reply(withoutSecrets(result.data, fields), result.options);
  if (typeof result !== 'object' || result === null) return result;
  return Object.fromEntries(
    Object.entries(result).map(([name, value]) => [name, fields.includes(name) ? null : (value as unknown)]),
  );
}
