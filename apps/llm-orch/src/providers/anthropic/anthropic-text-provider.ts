import type { CompletionRequest } from '../completion.js';
import type { VendorAnswer, VendorCall } from '../wire/vendor-http.js';
import type { AnswerReader, WireOptions } from '../wire/wire-text-provider.js';
import { WireTextProvider } from '../wire/wire-text-provider.js';
import { AnthropicAnswerReader } from './anthropic-answer.js';
import { faultOfStatus } from './anthropic-faults.js';
import { anthropicLimits, toMessagesBody } from './anthropic-request.js';

/** The version of the wire format that we speak; later ones refuse sampling parameters for every model. */
const API_VERSION = '2023-06-01';

/** Anthropic's Messages API. It has no idempotency key: a call with unknown outcome is never repeated here. */
export class AnthropicTextProvider extends WireTextProvider {
  constructor(options: WireOptions) {
    super('anthropic', options);
  }

  protected call(request: CompletionRequest, stream: boolean): VendorCall {
    return {
      url: `${this.options.baseUrl.replace(/\/+$/, '')}/v1/messages`,
      headers: { 'x-api-key': this.options.apiKey ?? '', 'anthropic-version': API_VERSION },
      body: toMessagesBody(request, stream),
    };
  }

  protected faultOf(answer: VendorAnswer, now: Date) {
    return faultOfStatus(this.name, answer, now);
  }

  protected reader(): AnswerReader {
    return new AnthropicAnswerReader(this.name);
  }

  protected limits(request: CompletionRequest): string[] {
    return anthropicLimits(request);
  }
}
