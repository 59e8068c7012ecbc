import type {
  CompletionMessage,
  CompletionRequest,
  ResponseFormat,
  ToolChoice,
  ToolDefinition,
} from '../completion.js';
import { closedSchema, jsonAskedInWords, SCHEMA_IS_IN_WORDS } from '../wire/json-asked.js';
import { argumentsOf, conversationOf, portableCallId } from '../wire/turns.js';
import { claudeSampling, claudeTakesSchema, seedLimit } from './claude-models.js';

/** The request body of `POST {baseUrl}/v1/messages`; absent fields are left out, never null. */
export function toMessagesBody(request: CompletionRequest, stream: boolean): Record<string, unknown> {
  const { model, responseFormat, stop = [], tools = [] } = request;
  const { temperature, topP } = claudeSampling(request);
  const { system, turns } = conversationOf(request.messages);
  const schema = schemaOf(responseFormat, model);
  const prompt = [...system, ...(schema === undefined ? jsonAskedInWords(responseFormat) : [])];
  return {
    model,
    max_tokens: request.maxTokens,
    ...(prompt.length === 0 ? {} : { system: prompt.join('\n\n') }),
    messages: turns.map(({ role, messages }) => ({ role, content: messages.flatMap(toBlocks) })),
    temperature,
    top_p: topP,
    ...(stop.length === 0 ? {} : { stop_sequences: stop }),
    ...(tools.length === 0 ? {} : { tools: tools.map(toTool), tool_choice: toChoice(request.toolChoice) }),
    ...(schema === undefined ? {} : { output_config: { format: { type: 'json_schema', schema } } }),
    stream,
  };
}

/** What was asked for and cannot be done. */
export function anthropicLimits(request: CompletionRequest): string[] {
  const { model, responseFormat } = request;
  const inWords = typeof responseFormat === 'object' && !claudeTakesSchema(model);
  return [...claudeSampling(request).limits, ...seedLimit(request), ...(inWords ? [SCHEMA_IS_IN_WORDS] : [])];
}

function schemaOf(format: ResponseFormat | undefined, model: string): Record<string, unknown> | undefined {
  return typeof format === 'object' && claudeTakesSchema(model) ? closedSchema(format.schema) : undefined;
}

function toBlocks({ content, toolCalls = [], toolCallId }: CompletionMessage): unknown[] {
  if (toolCallId !== undefined)
    return [{ type: 'tool_result', tool_use_id: portableCallId(toolCallId), content }];
  return [
    ...(content.trim() === '' ? [] : [{ type: 'text', text: content }]),
    ...toolCalls.map(({ id, name, arguments: args }) => ({
      type: 'tool_use',
      id: portableCallId(id),
      name,
      input: argumentsOf(args),
    })),
  ];
}

function toTool({ name, description, parameters }: ToolDefinition) {
  return { name, description, input_schema: parameters };
}

function toChoice(choice: ToolChoice = 'auto') {
  if (typeof choice === 'object') return { type: 'tool', name: choice.name };
  return { type: choice === 'required' ? 'any' : choice };
}
