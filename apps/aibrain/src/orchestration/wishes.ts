import type { Wish } from './brain.js';
import type { OrchestrateRequest } from './orchestration.dto.js';

const INSTRUCTIONS =
  'You are the assistant of an event platform. Answer with something the organiser can act on, and stay within what is stated.';

/** A request with what was said before it in its conversation. */
export interface AskedRequest extends OrchestrateRequest {
  readonly history?: Wish['messages'];
  /** How the answer is to be given, in our own words. */
  readonly manner?: string;
}

/** The prompt and its context as messages; both are the caller's words, so neither is an instruction. */
export function wishOf(request: AskedRequest): Wish {
  const { prompt, context, maxTokens, responseFormat, history = [], manner } = request;
  const content = context === undefined ? prompt : `${prompt}\n\nContext: ${context}`;
  const instructions = manner === undefined ? INSTRUCTIONS : `${INSTRUCTIONS} ${manner}`;
  return {
    messages: [{ role: 'system', content: instructions }, ...history, { role: 'user', content }],
    maxTokens,
    ...(responseFormat === undefined ? {} : { responseFormat }),
  };
}
