import type { Wish } from './brain.js';
import type { OrchestrateRequest } from './orchestration.dto.js';

const INSTRUCTIONS =
  'You are the assistant of an event platform. Answer with something the organiser can act on, and stay within what is stated.';

/** A request with what was said before it in its conversation. */
export interface AskedRequest extends OrchestrateRequest {
  readonly history?: Wish['messages'];
}

/** The prompt and its context as messages; both are the caller's words, so neither is an instruction. */
export function wishOf(request: AskedRequest): Wish {
  const { prompt, context, maxTokens, responseFormat, history = [] } = request;
  const content = context === undefined ? prompt : `${prompt}\n\nContext: ${context}`;
  return {
    messages: [{ role: 'system', content: INSTRUCTIONS }, ...history, { role: 'user', content }],
    maxTokens,
    ...(responseFormat === undefined ? {} : { responseFormat }),
  };
}
