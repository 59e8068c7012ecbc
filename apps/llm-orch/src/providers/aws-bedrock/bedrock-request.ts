import type {
  ContentBlock,
  ConverseRequest,
  InferenceConfiguration,
  OutputConfig,
  Tool,
  ToolChoice,
} from '@aws-sdk/client-bedrock-runtime';
import { claudeSampling, claudeTakesSchema, seedLimit } from '../anthropic/claude-models.js';
import type { CompletionMessage, CompletionRequest, ToolDefinition } from '../completion.js';
import { closedSchema, jsonAskedInWords, SCHEMA_IS_IN_WORDS } from '../wire/json-asked.js';
import { argumentsOf, conversationOf, portableCallId } from '../wire/turns.js';

/** What the vendor's client types as JSON. */
type Document = Exclude<ConverseRequest['additionalModelRequestFields'], undefined>;

/** The input of Converse and ConverseStream. */
export function toConverse(request: CompletionRequest): ConverseRequest {
  const { responseFormat, tools = [] } = request;
  const { system, turns } = conversationOf(request.messages);
  const outputConfig = toOutputConfig(request);
  const prompt = [...system, ...(outputConfig === undefined ? jsonAskedInWords(responseFormat) : [])];
  const offered = request.toolChoice === 'none' ? [] : tools;
  return {
    modelId: request.model,
    messages: turns.map(({ role, messages }) => ({ role, content: messages.flatMap(toBlocks) })),
    ...(prompt.length === 0 ? {} : { system: prompt.map((text) => ({ text })) }),
    inferenceConfig: toInferenceConfig(request),
    ...(offered.length === 0
      ? {}
      : { toolConfig: { tools: offered.map(toTool), toolChoice: toChoice(request.toolChoice) } }),
    ...(outputConfig === undefined ? {} : { outputConfig }),
  };
}

/** What was asked for and cannot be done. */
export function bedrockLimits(request: CompletionRequest): string[] {
  const inWords = typeof request.responseFormat === 'object' && !takesSchema(request.model);
  return [
    ...(isClaude(request.model) ? claudeSampling(request).limits : []),
    ...seedLimit(request),
    ...(inWords ? [SCHEMA_IS_IN_WORDS] : []),
  ];
}

function isClaude(model: string): boolean {
  return model.includes('anthropic.claude');
}

function takesSchema(model: string): boolean {
  return isClaude(model) && claudeTakesSchema(model);
}

function toInferenceConfig(request: CompletionRequest): InferenceConfiguration {
  const { temperature, topP } = isClaude(request.model) ? claudeSampling(request) : request;
  const stopSequences = (request.stop?.length ?? 0) > 0 ? [...(request.stop ?? [])] : undefined;
  return { maxTokens: request.maxTokens, temperature, topP, stopSequences };
}

function toOutputConfig({ model, responseFormat }: CompletionRequest): OutputConfig | undefined {
  if (typeof responseFormat !== 'object' || !takesSchema(model)) return undefined;
  const schema = JSON.stringify(closedSchema(responseFormat.schema));
  return {
    textFormat: { type: 'json_schema', structure: { jsonSchema: { name: responseFormat.name, schema } } },
  };
}

function toBlocks({ content, toolCalls = [], toolCallId }: CompletionMessage): ContentBlock[] {
  if (toolCallId !== undefined)
    return [{ toolResult: { toolUseId: portableCallId(toolCallId), content: [{ text: content }] } }];
  return [
    ...(content.trim() === '' ? [] : [{ text: content }]),
    ...toolCalls.map(({ id, name, arguments: args }) => ({
      toolUse: { toolUseId: portableCallId(id), name, input: argumentsOf(args) as Document },
    })),
  ];
}

function toTool({ name, description, parameters }: ToolDefinition): Tool {
  return { toolSpec: { name, description, inputSchema: { json: parameters as Document } } };
}

function toChoice(choice: CompletionRequest['toolChoice']): ToolChoice {
  if (typeof choice === 'object') return { tool: { name: choice.name } };
  return choice === 'required' ? { any: {} } : { auto: {} };
}
