import type { Wish } from './brain.js';
import type { OrchestrateRequest } from './orchestration.dto.js';

const INSTRUCTIONS =
  'You are the assistant of an event platform. Answer with something the organiser can act on, and stay within what is stated.';

/** The prompt and its context as messages; both are the caller's words, so neither is an instruction. */
export function wishOf({ prompt, context, maxTokens, responseFormat }: OrchestrateRequest): Wish {
  const content = context === undefined ? prompt : `${prompt}\n\nContext: ${context}`;
  return {
    messages: [
      { role: 'system', content: INSTRUCTIONS },
      { role: 'user', content },
    ],
    maxTokens,
    ...(responseFormat === undefined ? {} : { responseFormat }),
  };
}
