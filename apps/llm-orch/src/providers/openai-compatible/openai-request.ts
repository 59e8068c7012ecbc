import type { CompletionMessage, CompletionRequest, ResponseFormat, ToolChoice } from '../completion.js';

export type MaxTokensField = 'max_completion_tokens' | 'max_tokens';

/** Reasoning models refuse sampling parameters and the old length field, on whatever server they run. */
const REASONING_MODEL = /^(?:openai\/)?(?:o\d|gpt-5)/;

/** Vendors refuse JSON mode unless the prompt itself speaks of JSON. Its tokens are covered by the request bound. */
const ASK_FOR_JSON = 'Answer with one JSON object.';

export function isReasoningModel(model: string): boolean {
  return REASONING_MODEL.test(model);
}

/** The request body of `POST {baseUrl}/chat/completions`; absent fields are left out, never null. */
export function toChatBody(
  request: CompletionRequest,
  { maxTokensField, stream }: { maxTokensField: MaxTokensField; stream: boolean },
): Record<string, unknown> {
  const { model, messages, responseFormat, tools = [] } = request;
  const sampling = isReasoningModel(model)
    ? {}
    : { temperature: request.temperature, top_p: request.topP, stop: stopField(request.stop) };
  return {
    model,
    messages: (responseFormat === 'json' ? withJsonAsked(messages) : messages).map(toWireMessage),
    [maxTokensField]: request.maxTokens,
    ...sampling,
    seed: request.seed,
    response_format: formatField(responseFormat),
    ...(tools.length === 0
      ? {}
      : {
          tools: tools.map((definition) => ({ type: 'function', function: definition })),
          tool_choice: choiceField(request.toolChoice),
        }),
    stream,
    // Without it a stream says nothing of its usage.
    ...(stream ? { stream_options: { include_usage: true } } : {}),
  };
}

function toWireMessage({ role, content, toolCalls = [], toolCallId }: CompletionMessage) {
  if (toolCalls.length > 0) {
    return {
      role,
      content: content === '' ? null : content,
      tool_calls: toolCalls.map(({ id, name, arguments: args }) => ({
        id,
        type: 'function',
        function: { name, arguments: args },
      })),
    };
  }
  return toolCallId === undefined ? { role, content } : { role, content, tool_call_id: toolCallId };
}

function formatField(format: ResponseFormat | undefined) {
  if (format === undefined || format === 'text') return undefined;
  return format === 'json' ? { type: 'json_object' } : { type: 'json_schema', json_schema: format };
}

function choiceField(choice: ToolChoice | undefined) {
  return typeof choice === 'object' ? { type: 'function', function: choice } : choice;
}

function stopField(stop: readonly string[] | undefined): readonly string[] | undefined {
  return stop && stop.length > 0 ? stop : undefined;
}

function withJsonAsked(messages: readonly CompletionMessage[]): readonly CompletionMessage[] {
  if (messages.some(({ content }) => /json/i.test(content))) return messages;
  return [{ role: 'system', content: ASK_FOR_JSON }, ...messages];
}
