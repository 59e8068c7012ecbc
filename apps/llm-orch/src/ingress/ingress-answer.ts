import { timeOfId } from './time-of-id.js';
import type { CompletionAnswer, ToolCallView } from '../inference/completion-answer.dto.js';
import type { IngressCompletion, IngressUsage } from './openai-answers.dto.js';
import type { IngressToolCall } from './openai-ingress.dto.js';

/** A completion in OpenAI's shape. */
export function ingressCompletion(answer: CompletionAnswer): IngressCompletion {
  const { id, model, text, toolCalls } = answer;
  const calls = toolCalls === undefined ? {} : { tool_calls: toolCalls.map(ingressToolCall) };
  const message = { role: 'assistant' as const, content: text === '' && toolCalls ? null : text, ...calls };
  return {
    id: `chatcmpl-${id}`,
    object: 'chat.completion',
    created: timeOfId(id),
    model,
    choices: [{ index: 0, message, finish_reason: ingressFinishReason(answer) }],
    usage: ingressUsage(answer),
  };
}

export function ingressUsage({ usage, costUsd }: CompletionAnswer): IngressUsage {
  const { inputTokens, cachedTokens, outputTokens, totalTokens, reasoningTokens = 0 } = usage;
  return {
    prompt_tokens: inputTokens + cachedTokens,
    completion_tokens: outputTokens,
    total_tokens: totalTokens,
    prompt_tokens_details: { cached_tokens: cachedTokens },
    completion_tokens_details: { reasoning_tokens: reasoningTokens },
    cost_usd: costUsd,
  };
}

/** OpenAI's clients know no other than these. */
export function ingressFinishReason({ finishReason }: CompletionAnswer): 'stop' | 'length' | 'tool_calls' {
  return finishReason === 'stop' || finishReason === 'tool_calls' ? finishReason : 'length';
}

function ingressToolCall({ id, name, arguments: args }: ToolCallView): IngressToolCall {
  return { id, type: 'function', function: { name, arguments: args } };
}
