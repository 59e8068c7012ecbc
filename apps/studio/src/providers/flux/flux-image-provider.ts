import {
  type GeneratedImage,
  IMAGE_MIME_TYPES,
  ImageProvider,
  type ImageRequest,
} from '../image-provider.js';
import type { CancelOutcome, ProviderWork } from '../media-provider.js';
import { PendingTask } from '../media-provider.js';
import type { ProviderFaultKind } from '../provider-fault.js';
import { fittedImage } from '../vendor/fitted-image.js';
import { numberAt, textAt } from '../vendor/json.js';
import { wholePrompt } from '../vendor/prompt.js';
import { VendorApi, type VendorOptions } from '../vendor/vendor-api.js';
import { taskIdIn, type TaskState, VendorTasks } from '../vendor/vendor-task.js';

export const DEFAULT_FLUX_MODEL = 'flux-2-pro';
const BASE_URL = 'https://api.bfl.ai';
const FOLLOWED = {
  pollAfterMs: 1_000,
  limits: { family: 'image/', maxBytes: 64 * 1024 * 1024 },
} as const;
/** Sides are multiples of 16 between 256 and 2,048 pixels. */
const SIDE = { step: 16, least: 256, most: 2_048 };
/** Where the vendor's regions are; a task is looked at where it was taken. */
const REGION = /^api(\.[a-z0-9-]+)?\.bfl\.(ai|ml)$/;

const FAILURES: Readonly<Record<string, ProviderFaultKind>> = {
  'Request Moderated': 'moderated',
  'Content Moderated': 'moderated',
  'Task not found': 'rejected',
  Error: 'unavailable',
  Failed: 'unavailable',
};

export interface FluxOptions extends VendorOptions {
  readonly model?: string;
}

/**
 * Pictures by Black Forest Labs: https://docs.bfl.ai/ (`/v1/flux-2-pro`, `/v1/get_result`, `api_integration/errors`).
 * The address of a result works for ten minutes. There is no cancelling and no idempotency key.
 */
export class FluxImageProvider extends ImageProvider {
  readonly name = 'flux';
  private readonly model: string;
  private readonly baseUrl: string;
  private readonly api: VendorApi;
  private readonly tasks: VendorTasks;

  constructor({ apiKey, baseUrl = BASE_URL, timeoutMs = 60_000, model }: FluxOptions) {
    super();
    this.model = model ?? DEFAULT_FLUX_MODEL;
    this.baseUrl = baseUrl;
    this.api = new VendorApi({
      apiKey,
      baseUrl,
      timeoutMs,
      largestAnswerBytes: 1024 * 1024,
      credentials: (key) => ({ 'x-key': key }),
      faults: {
        provider: this.name,
        complaint: (body) => ({
          code: textAt(body, 'status') ?? '',
          message: textAt(body, 'detail') ?? textAt(body, 'detail', 0, 'msg') ?? '',
        }),
        kind: (_status, { code }) => FAILURES[code],
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

  async generate(request: ImageRequest, { signal }: ProviderWork): Promise<PendingTask> {
    const body = {
      prompt: wholePrompt(request),
      width: side(request.width),
      height: side(request.height),
      seed: request.seed,
      safety_tolerance: 2,
      output_format: 'png',
    };
    const path = `/v1/${encodeURIComponent(this.model)}`;
    const answer = await this.api.call({ method: 'POST', path, body, purpose: 'work' }, signal);
    const id = taskIdIn(this.api, answer, ['id']);
    return this.tasks.begun(this.taskId(id, textAt(answer.json, 'polling_url')));
  }

  override async poll(
    taskId: string,
    request: ImageRequest,
    { signal }: ProviderWork,
  ): Promise<GeneratedImage | PendingTask> {
    const seen = await this.tasks.poll(taskId, signal);
    if (seen instanceof PendingTask) return seen;
    const { width, height, format, quality, seed } = request;
    const fit = { width, height, format, lossyQuality: quality === 'standard' ? 86 : 94 };
    return {
      bytes: await fittedImage(this.name, seen.file.bytes, fit),
      mimeType: IMAGE_MIME_TYPES[format],
      width,
      height,
      provider: this.name,
      model: this.model,
      seed,
      limits: limitsOf(request),
      subjects: [],
    };
  }

  /** The vendor stops nothing: it only tells what became of the task. */
  override cancel(taskId: string, { signal }: ProviderWork): Promise<CancelOutcome> {
    return this.tasks.outcome(taskId, signal);
  }

  /** The vendor's id, with the host to look at where that is another than the one that was asked. */
  private taskId(id: string, pollingUrl: string | undefined): string {
    if (pollingUrl === undefined || !URL.canParse(pollingUrl)) return id;
    const { protocol, host } = new URL(pollingUrl);
    return protocol === 'https:' && REGION.test(host) && host !== new URL(this.baseUrl).host
      ? `${id}@${host}`
      : id;
  }

  private async look(taskId: string, signal: AbortSignal): Promise<TaskState> {
    const [id = '', host] = taskId.split('@');
    // The key goes to the vendor's own hosts alone, whatever an answer said.
    const origin = host !== undefined && REGION.test(host) ? `https://${host}` : this.baseUrl;
    const path = `${origin}/v1/get_result?id=${encodeURIComponent(id)}`;
    const { json, status } = await this.api.call({ path, purpose: 'look' }, signal);
    const state = textAt(json, 'status') ?? '';
    const progress = numberAt(json, 'progress');
    if (state === 'Pending')
      return { kind: 'pending', ...(progress === undefined ? {} : { progress: Math.round(progress * 100) }) };
    const url = textAt(json, 'result', 'sample');
    if (state === 'Ready' && url !== undefined) return { kind: 'done', url };
    const kind = FAILURES[state];
    if (kind === undefined) throw this.api.unreadable('the answer tells no state', 'look', status);
    return { kind: 'failed', fault: this.api.failed(kind, `the task ended as "${state}"`) };
  }
}

function side(pixels: number): number {
  const stepped = Math.ceil(pixels / SIDE.step) * SIDE.step;
  return Math.min(SIDE.most, Math.max(SIDE.least, stepped));
}

function limitsOf({ width, height, quality, negativePrompt }: ImageRequest): string[] {
  const limits = ['the same seed gives a similar picture, not the same one'];
  if (side(width) !== width || side(height) !== height)
    limits.push(`made at ${side(width)}x${side(height)}, cut and scaled to ${width}x${height}`);
  if (quality !== 'standard') limits.push('the vendor knows one quality');
  if (negativePrompt !== undefined)
    limits.push('what to leave out was asked for in the prompt, the vendor has no field for it');
  return limits;
}
