import axios, { type AxiosInstance } from 'axios';
import { ProviderFault } from '../provider-fault.js';
import { faultOf } from './openai-faults.js';

const MODEL = 'omni-moderation-latest';
const LARGEST_ANSWER_BYTES = 256 * 1024;

export interface OpenAiModerationOptions {
  readonly apiKey: string | undefined;
  readonly baseUrl: string;
}

/** OpenAI's judgement on words; it is free of charge and keeps nothing to be resumed. */
export class OpenAiModerations {
  private readonly apiKey: string | undefined;
  private readonly http: AxiosInstance;

  constructor({ apiKey, baseUrl }: OpenAiModerationOptions) {
    this.apiKey = apiKey === '' ? undefined : apiKey;
    // A redirect would carry the key to another host.
    this.http = axios.create({
      baseURL: baseUrl,
      maxRedirects: 0,
      maxContentLength: LARGEST_ANSWER_BYTES,
      proxy: false,
    });
  }

  configured(): boolean {
    return this.apiKey !== undefined;
  }

  /** The categories for which the vendor would refuse the text. @throws ProviderFault */
  async flagged(text: string, signal: AbortSignal): Promise<string[]> {
    if (this.apiKey === undefined)
      throw new ProviderFault({ provider: 'openai', kind: 'auth', message: 'no API key is configured' });
    const headers = { authorization: `Bearer ${this.apiKey}` };
    const { data } = await this.http
      .post<unknown>('/moderations', { model: MODEL, input: text }, { headers, signal })
      .catch((error: unknown) => {
        throw faultOf('openai', error, signal.aborted);
      });
    return categoriesOf(data);
  }
}

function categoriesOf(answer: unknown): string[] {
  const { results } = (answer ?? {}) as { results?: unknown };
  const [first] = Array.isArray(results) ? (results as unknown[]) : [];
  const { flagged, categories } = (first ?? {}) as { flagged?: unknown; categories?: unknown };
  if (typeof flagged !== 'boolean' || typeof categories !== 'object' || categories === null) {
    const message = 'the answer holds no judgement';
    throw new ProviderFault({ provider: 'openai', kind: 'unavailable', message });
  }
  const found = Object.entries(categories).flatMap(([name, holds]) => (holds === true ? [name] : []));
  return flagged && found.length === 0 ? ['unnamed'] : flagged ? found : [];
}
