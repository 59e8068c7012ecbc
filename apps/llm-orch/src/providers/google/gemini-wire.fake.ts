import type { TokenBuckets } from '../completion.js';
import type { ProviderFaultKind } from '../provider-fault.js';
import { shapeFault } from '../faults/shape.fake.js';
import type { Shape } from '../faults/shape.fake.js';
import type { Frames, Said, SeenCall, VendorWire, WireReply } from '../faults/vendor-wire.fake.js';
import { bytes } from '../faults/vendor-wire.fake.js';

const PART: Shape = {
  'text?': 'string',
  'thoughtSignature?': 'string',
  'functionCall?': { 'id?': 'string', name: 'string', args: 'object' },
  'functionResponse?': { 'id?': 'string', name: 'string', response: 'object' },
};

const BODY: Shape = {
  contents: [{ role: 'string', parts: [PART] }],
  'systemInstruction?': { parts: [{ text: 'string' }] },
  'tools?': [
    {
      functionDeclarations: [{ name: 'string', 'description?': 'string', 'parametersJsonSchema?': 'object' }],
    },
  ],
  'toolConfig?': { functionCallingConfig: { mode: 'string', 'allowedFunctionNames?': ['string'] } },
  generationConfig: {
    'maxOutputTokens?': 'number',
    'temperature?': 'number',
    'topP?': 'number',
    'stopSequences?': ['string'],
    'seed?': 'number',
    'responseMimeType?': 'string',
    'responseJsonSchema?': 'object',
  },
};

const FAULTS: Partial<Record<ProviderFaultKind, readonly [number, string, string]>> = {
  rate_limited: [429, 'RESOURCE_EXHAUSTED', 'Resource has been exhausted'],
  overloaded: [503, 'UNAVAILABLE', 'The model is overloaded'],
  server: [500, 'INTERNAL', 'An internal error has occurred'],
  timeout: [504, 'DEADLINE_EXCEEDED', 'Deadline expired'],
  context_length: [
    400,
    'INVALID_ARGUMENT',
    'The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).',
  ],
  invalid_request: [400, 'INVALID_ARGUMENT', 'Request contains an invalid argument'],
  auth: [403, 'PERMISSION_DENIED', 'Permission denied'],
};

const PATH = /^\/v1beta\/models\/([^:/]+):(generateContent|streamGenerateContent\?alt=sse)$/;

/** For specs: Google's side of the wire. */
export class GeminiWire implements VendorWire {
  readonly contentType = 'text/event-stream';

  constructor(private readonly key: string) {}

  accept({ method, url, headers, text }: SeenCall) {
    const [, name, operation] = PATH.exec(url) ?? [];
    if (name === undefined || operation === undefined || method !== 'POST') return undefined;
    const call = { model: decodeURIComponent(name), stream: operation !== 'generateContent' };
    if (headers['x-goog-api-key'] !== this.key) {
      const info = { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID' };
      return { ...call, refusal: error(400, 'INVALID_ARGUMENT', 'API key not valid', [info]) };
    }
    const body = JSON.parse(text) as Body;
    const fault = shapeFault(body, BODY) ?? contentsFault(body, call.model);
    return fault === undefined ? call : { ...call, refusal: error(400, 'INVALID_ARGUMENT', fault) };
  }

  whole(said: Said): unknown {
    const texts = said.pieces.length === 0 ? [] : [{ text: said.pieces.join('') }];
    return response(said, [...texts, ...callParts(said)], true, said.usage);
  }

  frames(said: Said): Frames {
    const { pieces, usage, usageOnEveryChunk } = said;
    // The vendor tells the prompt's tokens from the first event on.
    const soFar = usage === undefined ? undefined : { ...usage, outputTokens: 1, reasoningTokens: 0 };
    const onTheWay = usageOnEveryChunk ? soFar : undefined;
    return {
      begin: [],
      texts: pieces.map((text) => event(response(said, [{ text }], false, onTheWay))),
      end: [event(response(said, callParts(said), true, usage))],
    };
  }

  unreadable(): Uint8Array {
    return bytes('data: {"candidates": [{"content":\r\n\r\n');
  }

  fault(kind: ProviderFaultKind): WireReply {
    return error(...(FAULTS[kind] ?? [500, 'INTERNAL', kind]));
  }
}

interface Body {
  readonly contents: readonly {
    readonly role: string;
    readonly parts: readonly Record<string, unknown>[];
  }[];
}

function contentsFault({ contents }: Body, model: string): string | undefined {
  if (contents.some(({ role }) => role !== 'user' && role !== 'model')) return 'a role is not valid';
  const third = /gemini-[3-9]/.test(model);
  for (const { parts } of contents) {
    const call = parts.find((part) => part['functionCall'] !== undefined);
    if (third && call !== undefined && call['thoughtSignature'] === undefined)
      return 'Function call is missing a thought_signature in functionCall parts';
  }
  return undefined;
}

function callParts({ toolCalls }: Said) {
  return toolCalls.map(({ name, arguments: args }, place) => ({
    functionCall: { name, args: JSON.parse(args) as unknown },
    ...(place === 0 ? { thoughtSignature: 'c2lnbmVkKys/' } : {}),
  }));
}

function response(said: Said, parts: readonly unknown[], last: boolean, usage: TokenBuckets | undefined) {
  const { model, finish } = said;
  const finishReason = { stop: 'STOP', length: 'MAX_TOKENS', content_filter: 'SAFETY' }[finish];
  const content = { role: 'model', parts };
  return {
    candidates: [{ content, index: 0, ...(last ? { finishReason } : {}) }],
    modelVersion: model,
    responseId: 'resp_1',
    ...(usage === undefined ? {} : { usageMetadata: wireUsage(usage) }),
  };
}

function event(data: unknown): Uint8Array {
  return bytes(`data: ${JSON.stringify(data)}\r\n\r\n`);
}

function error(code: number, status: string, message: string, details: readonly unknown[] = []): WireReply {
  return { status: code, body: { error: { code, message, status, details } } };
}

function wireUsage({ inputTokens, cachedTokens, outputTokens, reasoningTokens = 0 }: TokenBuckets) {
  const prompt = inputTokens + cachedTokens;
  return {
    promptTokenCount: prompt,
    cachedContentTokenCount: cachedTokens,
    candidatesTokenCount: outputTokens,
    thoughtsTokenCount: reasoningTokens,
    totalTokenCount: prompt + outputTokens + reasoningTokens,
    promptTokensDetails: [{ modality: 'TEXT', tokenCount: prompt }],
  };
}
