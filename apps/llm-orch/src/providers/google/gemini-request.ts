import type {
  CompletionMessage,
  CompletionRequest,
  ResponseFormat,
  ToolCall,
  ToolChoice,
  ToolDefinition,
} from '../completion.js';
import { parsed, record } from '../wire/json-shapes.js';
import { argumentsOf, conversationOf } from '../wire/turns.js';
import { isGemini3OrLater, readCallId, signatureToSend } from './thought-signatures.js';

/** The request body of `generateContent` and `streamGenerateContent`; absent fields are left out, never null. */
export function toGenerateBody(request: CompletionRequest): Record<string, unknown> {
  const { tools = [], model } = request;
  const { system, turns } = conversationOf(request.messages);
  const names = namesOfCalls(request.messages);
  return {
    contents: turns.map(({ role, messages }) => ({
      role: role === 'assistant' ? 'model' : 'user',
      parts: messages.flatMap((message) => toParts(message, names, model)),
    })),
    ...(system.length === 0 ? {} : { systemInstruction: { parts: [{ text: system.join('\n\n') }] } }),
    ...(tools.length === 0
      ? {}
      : {
          tools: [{ functionDeclarations: tools.map(toDeclaration) }],
          toolConfig: { functionCallingConfig: toCallingConfig(request.toolChoice) },
        }),
    generationConfig: toGenerationConfig(request),
  };
}

/** What was asked for and cannot be done. */
export function geminiLimits({ model, temperature, topP }: CompletionRequest): string[] {
  const ignored = isGemini3OrLater(model) && (temperature !== undefined || topP !== undefined);
  return ignored ? [`${model} takes no temperature or topP: they were not sent`] : [];
}

function toGenerationConfig(request: CompletionRequest) {
  const { model, temperature, topP, stop = [], seed } = request;
  return {
    // Thoughts count towards it, so that it bounds all that is billed as output.
    maxOutputTokens: request.maxTokens,
    ...(isGemini3OrLater(model) ? {} : { temperature, topP }),
    ...(stop.length === 0 ? {} : { stopSequences: stop }),
    seed,
    ...toFormat(request.responseFormat),
  };
}

function toFormat(format: ResponseFormat | undefined) {
  if (format === undefined || format === 'text') return {};
  const schema = format === 'json' ? {} : { responseJsonSchema: format.schema };
  return { responseMimeType: 'application/json', ...schema };
}

function toParts(
  { content, toolCalls = [], toolCallId }: CompletionMessage,
  names: ReadonlyMap<string, string>,
  model: string,
): unknown[] {
  if (toolCallId !== undefined) {
    const { id } = readCallId(toolCallId);
    const name = names.get(toolCallId) ?? id;
    return [{ functionResponse: { id, name, response: record(parsed(content)) ?? { result: content } } }];
  }
  const calls = toolCalls.map((call, place) => toCallPart(call, place === 0 ? model : undefined));
  return content.trim() === '' ? calls : [{ text: content }, ...calls];
}

/** Of several calls in a turn the vendor signs the first. */
function toCallPart({ id, name, arguments: args }: ToolCall, signedFor: string | undefined) {
  const thoughtSignature =
    signedFor === undefined ? readCallId(id).signature : signatureToSend(id, signedFor);
  return {
    functionCall: { id: readCallId(id).id, name, args: argumentsOf(args) },
    ...(thoughtSignature === undefined ? {} : { thoughtSignature }),
  };
}

/** A result names its function here, while our callers name the call alone. */
function namesOfCalls(messages: readonly CompletionMessage[]): ReadonlyMap<string, string> {
  return new Map(messages.flatMap(({ toolCalls = [] }) => toolCalls.map(({ id, name }) => [id, name])));
}

function toDeclaration({ name, description, parameters }: ToolDefinition) {
  return { name, description, parametersJsonSchema: parameters };
}

function toCallingConfig(choice: ToolChoice = 'auto') {
  if (typeof choice === 'object') return { mode: 'ANY', allowedFunctionNames: [choice.name] };
  return { mode: { auto: 'AUTO', none: 'NONE', required: 'ANY' }[choice] };
}
