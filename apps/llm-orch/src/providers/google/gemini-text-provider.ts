import type { CompletionRequest } from '../completion.js';
import type { VendorAnswer, VendorCall } from '../wire/vendor-http.js';
import type { AnswerReader, WireOptions } from '../wire/wire-text-provider.js';
import { WireTextProvider } from '../wire/wire-text-provider.js';
import { GeminiAnswerReader } from './gemini-answer.js';
import { faultOfStatus } from './gemini-faults.js';
import { geminiLimits, toGenerateBody } from './gemini-request.js';

/** Google's Gemini API, `generateContent`. The base URL carries the version: `…/v1beta`. */
export class GeminiTextProvider extends WireTextProvider {
  constructor(options: WireOptions) {
    super('google', options);
  }

  protected call(request: CompletionRequest, stream: boolean): VendorCall {
    const operation = stream ? 'streamGenerateContent?alt=sse' : 'generateContent';
    const model = encodeURIComponent(request.model);
    return {
      url: `${this.options.baseUrl.replace(/\/+$/, '')}/models/${model}:${operation}`,
      // Never in the URL, which proxies write into their logs.
      headers: { 'x-goog-api-key': this.options.apiKey ?? '' },
      body: toGenerateBody(request),
    };
  }

  protected faultOf(answer: VendorAnswer, now: Date) {
    return faultOfStatus(this.name, answer, now);
  }

  protected reader(): AnswerReader {
    return new GeminiAnswerReader(this.name);
  }

  protected limits(request: CompletionRequest): string[] {
    return geminiLimits(request);
  }
}
