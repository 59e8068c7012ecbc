import type { TokenBuckets } from '../completion.js';
import type { ProviderFaultKind } from '../provider-fault.js';
import { shapeFault } from '../faults/shape.fake.js';
import type { Shape } from '../faults/shape.fake.js';
import type { Frames, Said, SeenCall, VendorWire, WireReply } from '../faults/vendor-wire.fake.js';
import { eventStreamMessage } from './event-stream.fake.js';
import type { SigningKey } from './signature-v4.fake.js';
import { isSignedBy } from './signature-v4.fake.js';

const BLOCK: Shape = {
  'text?': 'string',
  'toolUse?': { toolUseId: 'string', name: 'string', input: 'object' },
  'toolResult?': { toolUseId: 'string', content: [{ text: 'string' }] },
};

const BODY: Shape = {
  messages: [{ role: 'string', content: [BLOCK] }],
  'system?': [{ text: 'string' }],
  'inferenceConfig?': {
    'maxTokens?': 'number',
    'temperature?': 'number',
    'topP?': 'number',
    'stopSequences?': ['string'],
  },
  'toolConfig?': {
    tools: [{ toolSpec: { name: 'string', 'description?': 'string', inputSchema: { json: 'object' } } }],
    'toolChoice?': 'object',
  },
  'outputConfig?': {
    textFormat: {
      type: 'string',
      structure: { jsonSchema: { 'name?': 'string', schema: 'string' } },
    },
  },
};

const FAULTS: Partial<Record<ProviderFaultKind, readonly [number, string, string]>> = {
  rate_limited: [429, 'ThrottlingException', 'Too many requests'],
  overloaded: [503, 'ServiceUnavailableException', 'try again'],
  server: [500, 'InternalServerException', 'internal'],
  timeout: [408, 'ModelTimeoutException', 'took too long'],
  context_length: [400, 'ValidationException', 'Input is too long for requested model.'],
  invalid_request: [400, 'ValidationException', 'Malformed input request'],
  auth: [403, 'AccessDeniedException', "You don't have access to the model"],
  quota_exhausted: [400, 'ServiceQuotaExceededException', 'Your request exceeds the service quota'],
};

/** For specs: Bedrock's side of the wire. */
export class BedrockWire implements VendorWire {
  readonly contentType = 'application/vnd.amazon.eventstream';

  constructor(private readonly key: SigningKey) {}

  accept(call: SeenCall) {
    const [, name, operation] = /^\/model\/([^/]+)\/(converse|converse-stream)$/.exec(call.url) ?? [];
    if (name === undefined || call.method !== 'POST') return undefined;
    const accepted = { model: decodeURIComponent(name), stream: operation === 'converse-stream' };
    if (!isSignedBy(this.key, call))
      return {
        ...accepted,
        refusal: error(403, 'InvalidSignatureException', 'The signature does not match'),
      };
    const body = JSON.parse(call.text) as Body;
    const fault = shapeFault(body, BODY) ?? rolesFault(body);
    return fault === undefined
      ? accepted
      : { ...accepted, refusal: error(400, 'ValidationException', fault) };
  }

  whole({ pieces, toolCalls, finish, usage }: Said): unknown {
    const calls = toolCalls.map(({ id, name, arguments: args }) => ({
      toolUse: { toolUseId: id, name, input: JSON.parse(args) as unknown },
    }));
    const content = [...(pieces.length === 0 ? [] : [{ text: pieces.join('') }]), ...calls];
    return {
      output: { message: { role: 'assistant', content } },
      stopReason: stopReason(toolCalls.length > 0, finish),
      ...(usage === undefined ? {} : { usage: wireUsage(usage) }),
      metrics: { latencyMs: 5 },
    };
  }

  frames({ pieces, toolCalls, finish, usage }: Said): Frames {
    const calls = toolCalls.flatMap(({ id, name, arguments: args }, place) => {
      const contentBlockIndex = place + 1;
      return [
        vendorEvent('contentBlockStart', { contentBlockIndex, start: { toolUse: { toolUseId: id, name } } }),
        ...[...args].map((input) =>
          vendorEvent('contentBlockDelta', { contentBlockIndex, delta: { toolUse: { input } } }),
        ),
        vendorEvent('contentBlockStop', { contentBlockIndex }),
      ];
    });
    return {
      begin: [vendorEvent('messageStart', { role: 'assistant' })],
      texts: pieces.map((text) =>
        vendorEvent('contentBlockDelta', { contentBlockIndex: 0, delta: { text } }),
      ),
      end: [
        vendorEvent('contentBlockStop', { contentBlockIndex: 0 }),
        ...calls,
        vendorEvent('messageStop', { stopReason: stopReason(toolCalls.length > 0, finish) }),
        vendorEvent('metadata', {
          ...(usage === undefined ? {} : { usage: wireUsage(usage) }),
          metrics: { latencyMs: 5 },
        }),
      ],
    };
  }

  unreadable(): Uint8Array {
    return eventStreamMessage(headersOf('contentBlockDelta'), '{"contentBlockIndex":0,"delta":{"te');
  }

  fault(kind: ProviderFaultKind): WireReply {
    return error(...(FAULTS[kind] ?? [500, 'InternalServerException', kind]));
  }
}

/** An exception within a stream. */
export function exceptionEvent(name: string, message: string): Uint8Array {
  const headers = {
    ':exception-type': name,
    ':content-type': 'application/json',
    ':message-type': 'exception',
  };
  return eventStreamMessage(headers, JSON.stringify({ message }));
}

interface Body {
  readonly messages: readonly { readonly role: string }[];
}

function rolesFault({ messages }: Body): string | undefined {
  const alternates = messages.every(({ role }, at) => role === (at % 2 === 0 ? 'user' : 'assistant'));
  return alternates ? undefined : 'A conversation must alternate between user and assistant roles';
}

/** One event of a stream. */
export function vendorEvent(type: string, data: unknown): Uint8Array {
  return eventStreamMessage(headersOf(type), JSON.stringify(data));
}

function headersOf(type: string) {
  return { ':event-type': type, ':content-type': 'application/json', ':message-type': 'event' };
}

function error(status: number, type: string, message: string): WireReply {
  return { status, body: { message }, headers: { 'x-amzn-errortype': type, 'x-amzn-requestid': 'req-1' } };
}

function stopReason(callsTools: boolean, finish: Said['finish']): string {
  if (callsTools) return 'tool_use';
  return { stop: 'end_turn', length: 'max_tokens', content_filter: 'content_filtered' }[finish];
}

function wireUsage({ inputTokens, cachedTokens, outputTokens, ...more }: TokenBuckets) {
  const { cacheWriteTokens = 0, cacheWriteHourTokens = 0 } = more;
  return {
    inputTokens,
    outputTokens,
    totalTokens: inputTokens + cachedTokens + cacheWriteTokens + cacheWriteHourTokens + outputTokens,
    cacheReadInputTokens: cachedTokens,
    cacheWriteInputTokens: cacheWriteTokens + cacheWriteHourTokens,
    cacheDetails: [
      { ttl: '5m', inputTokens: cacheWriteTokens },
      { ttl: '1h', inputTokens: cacheWriteHourTokens },
    ],
  };
}
