import type { TokenBuckets } from '../completion.js';
import type { ProviderFaultKind } from '../provider-fault.js';
import { shapeFault } from '../faults/shape.fake.js';
import type { Shape } from '../faults/shape.fake.js';
import type { Frames, Said, SeenCall, VendorWire, WireReply } from '../faults/vendor-wire.fake.js';
import { bytes } from '../faults/vendor-wire.fake.js';

const BODY: Shape = {
  model: 'string',
  max_tokens: 'number',
  messages: [{ role: 'string', content: ['object'] }],
  'system?': 'string',
  'temperature?': 'number',
  'top_p?': 'number',
  'stop_sequences?': ['string'],
  'tools?': [{ name: 'string', 'description?': 'string', input_schema: 'object' }],
  'tool_choice?': { type: 'string', 'name?': 'string' },
  'output_config?': { format: { type: 'string', schema: 'object' } },
  stream: 'boolean',
};

const BLOCKS: Readonly<Record<string, Shape>> = {
  text: { type: 'string', text: 'string' },
  tool_use: { type: 'string', id: 'string', name: 'string', input: 'object' },
  tool_result: { type: 'string', tool_use_id: 'string', content: 'string' },
};

const FAULTS: Partial<Record<ProviderFaultKind, readonly [number, string, string]>> = {
  rate_limited: [429, 'rate_limit_error', 'slow down'],
  overloaded: [529, 'overloaded_error', 'Overloaded'],
  server: [500, 'api_error', 'Internal server error'],
  timeout: [504, 'timeout_error', 'took too long'],
  context_length: [400, 'invalid_request_error', 'prompt is too long: 210000 tokens > 200000 maximum'],
  invalid_request: [400, 'invalid_request_error', 'messages: roles must alternate'],
  auth: [401, 'authentication_error', 'invalid x-api-key'],
  quota_exhausted: [400, 'invalid_request_error', 'Your credit balance is too low'],
};

/** For specs: Anthropic's side of the wire. */
export class AnthropicWire implements VendorWire {
  readonly contentType = 'text/event-stream; charset=utf-8';

  constructor(private readonly key: string) {}

  accept({ method, url, headers, text }: SeenCall) {
    if (url !== '/v1/messages' || method !== 'POST') return undefined;
    const body = JSON.parse(text) as Record<string, unknown>;
    const call = { model: String(body['model']), stream: body['stream'] === true };
    if (headers['x-api-key'] !== this.key) return { ...call, refusal: this.fault('auth') };
    if (headers['anthropic-version'] !== '2023-06-01')
      return { ...call, refusal: error(400, 'invalid_request_error', 'anthropic-version: is required') };
    const fault = shapeFault(body, BODY) ?? conversationFault(body['messages'] as Turn[]) ?? modelFault(body);
    return fault === undefined ? call : { ...call, refusal: error(400, 'invalid_request_error', fault) };
  }

  whole({ model, pieces, toolCalls, usage, ...said }: Said): unknown {
    const calls = toolCalls.map(({ id, name, arguments: args }) => ({
      type: 'tool_use',
      id,
      name,
      input: JSON.parse(args) as unknown,
    }));
    return {
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      model,
      content: [...(pieces.length === 0 ? [] : [{ type: 'text', text: pieces.join('') }]), ...calls],
      stop_reason: stopReason(toolCalls.length > 0, said.finish),
      stop_sequence: null,
      ...(usage === undefined ? {} : { usage: wireUsage(usage) }),
    };
  }

  frames({ model, pieces, toolCalls, usage, usageOnEveryChunk, finish }: Said): Frames {
    const first = usage === undefined ? undefined : { ...wireUsage(usage), output_tokens: 1 };
    const message = { id: 'msg_1', type: 'message', role: 'assistant', model, content: [], usage: first };
    const block = { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } };
    const calls = toolCalls.flatMap(({ id, name, arguments: args }, place) => {
      const index = place + 1;
      return [
        { type: 'content_block_start', index, content_block: { type: 'tool_use', id, name, input: {} } },
        ...[...args].map((partial_json) => delta(index, { type: 'input_json_delta', partial_json })),
        { type: 'content_block_stop', index },
      ];
    });
    const counted = usageOnEveryChunk && usage !== undefined ? wireUsage(usage) : undefined;
    const end = {
      type: 'message_delta',
      delta: { stop_reason: stopReason(toolCalls.length > 0, finish), stop_sequence: null },
      // As the vendor sends it: what did not change may be null.
      ...(usage === undefined
        ? {}
        : { usage: { ...counted, output_tokens: usage.outputTokens, cache_read_input_tokens: null } }),
    };
    return {
      begin: [{ type: 'message_start', message }, block, { type: 'ping' }].map(event),
      texts: pieces.map((text) => event(delta(0, { type: 'text_delta', text }))),
      end: [{ type: 'content_block_stop', index: 0 }, ...calls, end, { type: 'message_stop' }].map(event),
    };
  }

  unreadable(): Uint8Array {
    return bytes('event: content_block_delta\ndata: {"type":"content_blo\n\n');
  }

  fault(kind: ProviderFaultKind): WireReply {
    return error(...(FAULTS[kind] ?? [500, 'api_error', kind]));
  }
}

interface Turn {
  readonly role: string;
  readonly content: readonly Record<string, unknown>[];
}

function conversationFault(turns: readonly Turn[]): string | undefined {
  if (turns[0]?.role !== 'user') return 'messages: first message must use the user role';
  if (turns.some(({ role }, at) => role === turns[at - 1]?.role)) return 'messages: roles must alternate';
  for (const block of turns.flatMap(({ content }) => content)) {
    const shape = BLOCKS[String(block['type'])];
    const fault =
      shape === undefined ? `no block ${String(block['type'])}` : shapeFault(block, shape, 'block');
    if (fault !== undefined) return fault;
    if (block['text'] === '') return 'text content blocks must be non-empty';
    const ids = [block['id'], block['tool_use_id']];
    if (ids.some((id) => typeof id === 'string' && /[^\w-]/.test(id))) return 'id has foreign letters';
  }
  return undefined;
}

/** What the newer models refuse. */
function modelFault({ model, temperature, top_p: topP, output_config: config }: Record<string, unknown>) {
  const sampled = temperature !== undefined || topP !== undefined;
  if (sampled && /-5(?:-5)?$|-4-[78]/.test(String(model).replace('-4-5', '')))
    return 'temperature is deprecated for this model';
  if (temperature !== undefined && topP !== undefined)
    return 'temperature and top_p cannot both be specified';
  if (Number(temperature ?? 0) > 1) return 'temperature: range: 0..1';
  const open = JSON.stringify(config ?? {}).match(/"type":"object"/g)?.length ?? 0;
  const closed = JSON.stringify(config ?? {}).match(/"additionalProperties":false/g)?.length ?? 0;
  return closed < open ? 'additionalProperties must be set to false' : undefined;
}

function delta(index: number, piece: Record<string, unknown>) {
  return { type: 'content_block_delta', index, delta: piece };
}

function event(data: Record<string, unknown>): Uint8Array {
  return bytes(`event: ${String(data['type'])}\ndata: ${JSON.stringify(data)}\n\n`);
}

function error(status: number, type: string, message: string): WireReply {
  const body = { type: 'error', error: { type, message }, request_id: 'req_1' };
  return { status, body, headers: { 'request-id': 'req_1' } };
}

function stopReason(callsTools: boolean, finish: Said['finish']): string {
  if (callsTools) return 'tool_use';
  return { stop: 'end_turn', length: 'max_tokens', content_filter: 'refusal' }[finish];
}

function wireUsage({ inputTokens, cachedTokens, outputTokens, ...more }: TokenBuckets) {
  const { cacheWriteTokens = 0, cacheWriteHourTokens = 0 } = more;
  return {
    input_tokens: inputTokens,
    cache_read_input_tokens: cachedTokens,
    cache_creation_input_tokens: cacheWriteTokens + cacheWriteHourTokens,
    cache_creation: {
      ephemeral_5m_input_tokens: cacheWriteTokens,
      ephemeral_1h_input_tokens: cacheWriteHourTokens,
    },
    output_tokens: outputTokens,
    service_tier: 'standard',
  };
}
