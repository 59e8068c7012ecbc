import { finalAnswer, Reply } from '@eventzr/http';
import type { Answers } from './operation-scope.js';
import type { WriteOptions } from './write.js';

/** Makes the final answers of a route: what is sent, and what is kept for a repeated request. */
export function answersFor({ showOnce }: WriteOptions, defaultStatus: number): (result: unknown) => Answers {
  return (result) => {
    const sent = finalAnswer(result, defaultStatus);
    if (sent.status < 200 || sent.status > 299) return { sent, stored: undefined };
    return {
      sent,
      stored: showOnce === undefined ? sent : finalAnswer(withoutSecrets(result, showOnce), defaultStatus),
    };
  };
}

function withoutSecrets(result: unknown, fields: readonly string[]): unknown {
  if (result instanceof Reply) return new Reply(withoutSecrets(result.data, fields), result.options);
  if (typeof result !== 'object' || result === null) return result;
  return Object.fromEntries(
    Object.entries(result).map(([name, value]) => [name, fields.includes(name) ? null : (value as unknown)]),
  );
}
