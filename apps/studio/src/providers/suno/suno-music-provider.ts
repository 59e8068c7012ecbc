import { cutText } from '../cut-text.js';
import type { ProviderWork } from '../media-provider.js';
import { PendingTask } from '../media-provider.js';
import { type MadeMusic, MusicProvider, type MusicRequest } from '../music-provider.js';
import { ProviderFault, type ProviderFaultKind } from '../provider-fault.js';
import { numberAt, textAt } from '../vendor/json.js';
import { trackDurationMs } from '../vendor/media-facts.js';
import { VendorApi, type VendorAnswer, type VendorCall, type VendorOptions } from '../vendor/vendor-api.js';
import { failedTask, taskIdIn, type TaskState, VendorTasks } from '../vendor/vendor-task.js';

export const DEFAULT_SUNO_MODEL = 'V5';
const BASE_URL = 'https://api.sunoapi.org';
const FOLLOWED = {
  pollAfterMs: 10_000,
  limits: { family: 'audio/', maxBytes: 64 * 1024 * 1024 },
} as const;
/** Of prompts in the vendor's simple mode. */
const LONGEST_PROMPT = 500;
/** The vendor wants an address to call back; one that nobody can reach makes it be polled alone. */
const NO_CALLBACK = 'https://callback.invalid/';

/** What the number in the body means; it counts, whatever the HTTP status says. */
const CODES: Readonly<Record<number, ProviderFaultKind>> = {
  401: 'auth',
  405: 'rate_limited',
  // "Insufficient credits", unlike HTTP's own 429.
  429: 'auth',
  430: 'rate_limited',
  455: 'unavailable',
};
const STATES: Readonly<Record<string, ProviderFaultKind>> = {
  SENSITIVE_WORD_ERROR: 'moderated',
  CREATE_TASK_FAILED: 'unavailable',
  GENERATE_AUDIO_FAILED: 'unavailable',
};
const FAILED = /FAILED|ERROR|EXCEPTION/;

export interface SunoOptions extends VendorOptions {
  readonly model?: string;
}

/**
 * Music by a reseller of Suno, which has no public API of its own: https://docs.sunoapi.org/suno-api/generate-music.
 * Off without a key. Each request makes two tracks; the first is kept. Callbacks carry no signature, so they only
 * wake the poll.
 */
export class SunoMusicProvider extends MusicProvider {
  readonly name = 'suno';
  private readonly model: string;
  private readonly api: VendorApi;
  private readonly tasks: VendorTasks;

  constructor({ apiKey, baseUrl = BASE_URL, timeoutMs = 60_000, model }: SunoOptions) {
    super();
    this.model = model ?? DEFAULT_SUNO_MODEL;
    this.api = new VendorApi({
      apiKey,
      baseUrl,
      timeoutMs,
      largestAnswerBytes: 1024 * 1024,
      credentials: (key) => ({ authorization: `Bearer ${key}` }),
      faults: {
        provider: this.name,
        complaint: (body) => ({
          code: String(numberAt(body, 'code') ?? ''),
          message: textAt(body, 'msg') ?? '',
        }),
        kind: (_status, { code }) => CODES[Number(code)],
      },
    });
    const look = (taskId: string, signal: AbortSignal) => this.look(taskId, signal);
    this.tasks = new VendorTasks({ ...FOLLOWED, provider: this.name, baseUrl, timeoutMs, look });
  }

  configured(): boolean {
    return this.api.configured;
  }

  models(): readonly string[] {
    return [this.model];
  }

  async generate(request: MusicRequest, { signal, callbackUrl }: ProviderWork): Promise<PendingTask> {
    const body = {
      customMode: false,
      instrumental: request.instrumental,
      model: this.model,
      prompt: cutText(promptOf(request), LONGEST_PROMPT),
      callBackUrl: callbackUrl ?? NO_CALLBACK,
    };
    const call = { method: 'POST', path: '/api/v1/generate', body, purpose: 'work' } as const;
    return this.tasks.begun(taskIdIn(this.api, await this.call(call, signal), ['data', 'taskId']));
  }

  override async poll(
    taskId: string,
    request: MusicRequest,
    { signal }: ProviderWork,
  ): Promise<MadeMusic | PendingTask> {
    const seen = await this.tasks.poll(taskId, signal);
    if (seen instanceof PendingTask) return seen;
    const { bytes, mimeType } = seen.file;
    const durationMs = await trackDurationMs(this.name, bytes, mimeType);
    const made = { provider: this.name, model: this.model, seed: request.seed };
    return {
      bytes,
      mimeType,
      durationMs,
      title: seen.done.title,
      ...made,
      limits: limitsOf(request, durationMs),
    };
  }

  private async look(taskId: string, signal: AbortSignal): Promise<TaskState> {
    const path = `/api/v1/generate/record-info?taskId=${encodeURIComponent(taskId)}`;
    const { json, status } = await this.call({ path, purpose: 'look' }, signal);
    const state = textAt(json, 'data', 'status');
    if (state === undefined) throw this.api.unreadable('the answer tells no state', 'look', status);
    const url = textAt(json, 'data', 'response', 'sunoData', 0, 'audioUrl');
    const title = textAt(json, 'data', 'response', 'sunoData', 0, 'title');
    // The first track is all we keep. CALLBACK_EXCEPTION: it could not reach us, the music is there all the same.
    if (url !== undefined && ['FIRST_SUCCESS', 'SUCCESS', 'CALLBACK_EXCEPTION'].includes(state))
      return { kind: 'done', url, title };
    if (!FAILED.test(state) || state === 'CALLBACK_EXCEPTION') return { kind: 'pending' };
    return failedTask(this.api, STATES[state] ?? 'unavailable', state);
  }

  /** A call whose refusal may come as 200 with a number in its body. */
  private async call(call: VendorCall, signal: AbortSignal): Promise<VendorAnswer> {
    const answer = await this.api.call(call, signal);
    const code = numberAt(answer.json, 'code');
    if (code === undefined)
      throw this.api.unreadable('the answer holds no code', call.purpose, answer.status);
    if (code === 200) return answer;
    const lost = call.purpose === 'work' ? 'unknown_outcome' : 'unavailable';
    const kind = CODES[code] ?? (code >= 500 ? lost : 'rejected');
    throw new ProviderFault({ provider: this.name, kind, status: code, message: `answered code ${code}` });
  }
}

function promptOf({ prompt, genre, mood }: MusicRequest): string {
  return [prompt, genre, mood].filter((part) => part !== undefined && part !== '').join('. ');
}

function limitsOf(request: MusicRequest, durationMs: number): string[] {
  const limits = [
    'the vendor takes no seed: the track cannot be reproduced',
    `the vendor chose the length: ${Math.round(durationMs / 1_000)} s instead of ${request.durationSeconds} s`,
  ];
  if (promptOf(request).length > LONGEST_PROMPT)
    limits.push(`only ${LONGEST_PROMPT} characters of the prompt were used`);
  if (request.format !== 'mp3') limits.push(`the vendor delivers MP3, not ${request.format}`);
  return limits;
}
