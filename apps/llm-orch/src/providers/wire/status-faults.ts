import type { ProviderFaultKind } from '../provider-fault.js';

/** What an HTTP status of 400 and above means, with what the vendor said about it: its code, type and message. */
export function kindOfStatus(status: number, said: string): ProviderFaultKind {
  if (status === 402) return 'quota_exhausted';
  if (status === 401 || status === 403) return 'auth';
  // A spent quota answers 429 but no waiting cures it: the account's owner must act.
  if (status === 429) return SPENT.test(said) ? 'quota_exhausted' : 'rate_limited';
  if (status === 408 || status === 504) return 'timeout';
  // Only these say that the request was turned away: after any other the vendor may have worked, and bill it.
  if (status === 503 || status === 529) return 'overloaded';
  if (status >= 500 || status === 424 || status === 409) return 'server';
  if (status === 413) return 'context_length';
  return kindOfRefusal(said, 'invalid_request');
}

/** What a vendor's words mean, where its status does not tell. */
export function kindOfRefusal(said: string, otherwise: ProviderFaultKind): ProviderFaultKind {
  if (TOO_LONG.test(said)) return 'context_length';
  if (WITHHELD.test(said)) return 'content_filter';
  return otherwise;
}

const SPENT = /insufficient_quota|billing|spend_limit|PerDay/i;

const TOO_LONG =
  /context_length|context length|context window|context limit|too many (?:input )?tokens|maximum context|(?:prompt|input) is too long|exceeds the maximum number of tokens/i;

const WITHHELD = /content_filter|content_policy|moderation|ResponsibleAI/i;
