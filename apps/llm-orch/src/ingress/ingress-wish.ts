import { HttpErrors } from '@eventzr/http';
import type { FieldFault } from '@eventzr/http';
import { DEFAULT_MAX_TOKENS } from '@eventzr/wallet-client';
import type { CompletionWish } from '../inference/completion-plan.js';
import type {
  CompletionMessage,
  ResponseFormat,
  ToolChoice,
  ToolDefinition,
} from '../providers/completion.js';
import { list, record, text } from '../providers/wire/json-shapes.js';
import type { IngressChatRequest, IngressMessage, IngressTool } from './openai-ingress.dto.js';

const MOST_STOPS = 4;

/** What an OpenAI client asks for, in our words. @throws VALIDATION_FAILED 400 */
export function ingressWish(request: IngressChatRequest): CompletionWish {
  const { temperature, top_p: topP, seed, tools } = request;
  return {
    messages: request.messages.map(messageOf),
    maxTokens: request.max_completion_tokens ?? request.max_tokens ?? DEFAULT_MAX_TOKENS,
    ...modelOf(request.model),
    ...given({ temperature, topP, seed, stop: stopOf(request.stop) }),
    ...given({ responseFormat: formatOf(request), toolChoice: choiceOf(request.tool_choice) }),
    ...(tools === undefined ? {} : { tools: tools.map(toolOf) }),
  };
}

/** `auto` leaves the choice to the route; `provider/model` names both. */
export function modelOf(model: string): { provider?: string; model?: string } {
  if (model === 'auto') return {};
  const slash = model.indexOf('/');
  return slash < 1 ? { model } : { provider: model.slice(0, slash), model: model.slice(slash + 1) };
}

function messageOf(message: IngressMessage, index: number): CompletionMessage {
  const { role, content, tool_calls: calls = [], tool_call_id: toolCallId } = message;
  const said = textOf(content);
  if (said === undefined || (said === '' && calls.length === 0 && role !== 'tool'))
    throw refused(`messages.${index}.content`, 'content must be a text, or a list of parts of type text');
  return {
    role: role === 'developer' ? 'system' : role,
    content: said,
    ...(calls.length === 0
      ? {}
      : {
          toolCalls: calls.map(({ id, function: called }) => ({
            id,
            name: called.name,
            arguments: called.arguments,
          })),
        }),
    ...(toolCallId === undefined ? {} : { toolCallId }),
  };
}

/** Undefined: something that is not text. */
function textOf(content: unknown): string | undefined {
  if (content === undefined || content === null) return '';
  if (typeof content === 'string') return content;
  const parts = list(content)?.map((part) => {
    const { type, text: said } = record(part) ?? {};
    return type === 'text' ? text(said) : undefined;
  });
  return parts === undefined || parts.includes(undefined) ? undefined : parts.join('\n');
}

function stopOf(stop: unknown): string[] | undefined {
  if (stop === undefined || stop === null) return undefined;
  const stops = typeof stop === 'string' ? [stop] : (list(stop) ?? [undefined]);
  const texts = stops.map((one) => text(one));
  if (texts.length > MOST_STOPS || texts.includes(undefined))
    throw refused('stop', `stop must be a text, or up to ${MOST_STOPS}`);
  return texts.filter((one) => one !== undefined);
}

function formatOf({ response_format: format }: IngressChatRequest): ResponseFormat | undefined {
  if (format === undefined) return undefined;
  if (format.type !== 'json_schema') return format.type === 'json_object' ? 'json' : 'text';
  if (format.json_schema === undefined)
    throw refused('response_format.json_schema', 'json_schema is missing');
  const { name, schema, strict } = format.json_schema;
  return { name, schema, ...(strict === undefined ? {} : { strict }) };
}

function choiceOf(choice: unknown): ToolChoice | undefined {
  if (choice === undefined || choice === null) return undefined;
  if (choice === 'auto' || choice === 'none' || choice === 'required') return choice;
  const name = text(record(record(choice)?.['function'])?.['name']);
  if (name === undefined) throw refused('tool_choice', 'tool_choice is not one of the documented forms');
  return { name };
}

function toolOf({ function: { name, description, parameters } }: IngressTool): ToolDefinition {
  return {
    name,
    ...(description === undefined ? {} : { description }),
    parameters: parameters ?? { type: 'object', properties: {} },
  };
}

function given<T extends object>(options: T): Partial<T> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Partial<T>;
}

function refused(field: string, message: string) {
  const fault: FieldFault = { field, rule: 'openai', message };
  return HttpErrors.VALIDATION_FAILED([fault]);
}
