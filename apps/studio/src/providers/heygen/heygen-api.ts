import type { ProviderFaultKind } from '../provider-fault.js';
import { at, textAt } from '../vendor/json.js';
import { VendorApi, type VendorOptions } from '../vendor/vendor-api.js';
import { entryWith, failedTask, type TaskState } from '../vendor/vendor-task.js';

export const HEYGEN_BASE_URL = 'https://api.heygen.com';
const MODERATED = /moderat|polic|nsfw|safety|sensitive/i;
/** Refusals that name what was wrong with the request. */
const OUR_FAULT = /invalid|validation|not_found|unsupported|too_long|too_short|forbidden/i;
/** How far back a lost submit is looked for. */
const MOST_PAGES = 5;

/** One of the vendor's ways to a film. */
export interface HeyGenFilms {
  /** Where films are asked for and looked at. */
  readonly path: string;
  /** What a film that failed says about itself. */
  failureKind(code: string, message: string): ProviderFaultKind;
}

/** Avatars that speak (`gen/video.go`). */
export const AVATAR_FILMS: HeyGenFilms = {
  path: '/v3/videos',
  failureKind: (code) => {
    if (MODERATED.test(code)) return 'moderated';
    if (/insufficient_credit|quota_exceeded/.test(code)) return 'auth';
    return OUR_FAULT.test(code) ? 'rejected' : 'unavailable';
  },
};
/**
 * Films from prompts (`gen/model.go`). Their failures have two codes, `generation_failed` and `generation_cancelled`; why
 * is in the words alone. Asking again with the same key would answer with the same failed film.
 */
export const PROMPT_FILMS: HeyGenFilms = {
  path: '/v3/models/videos',
  failureKind: (code, message) => (MODERATED.test(`${code} ${message}`) ? 'moderated' : 'rejected'),
};

/**
 * HeyGen's API v3 (v1 and v2 ended in October 2026): https://developers.heygen.com/ and the specification inside
 * https://github.com/heygen-com/heygen-cli (`gen/*.go`).
 */
export class HeyGenApi {
  private readonly api: VendorApi;

  constructor(
    { apiKey, baseUrl = HEYGEN_BASE_URL, timeoutMs = 60_000 }: VendorOptions,
    private readonly films: HeyGenFilms = AVATAR_FILMS,
  ) {
    this.api = new VendorApi({
      apiKey,
      baseUrl,
      timeoutMs,
      largestAnswerBytes: 4 * 1024 * 1024,
      credentials: (key) => ({ 'x-api-key': key }),
      faults: {
        provider: 'heygen',
        complaint: (body) => ({
          code: textAt(body, 'error', 'code') ?? '',
          message: textAt(body, 'error', 'message') ?? '',
        }),
        kind: (status, { code }) => {
          if (code === 'quota_exceeded' || code === 'insufficient_credit') return 'auth';
          // The same key was sent a moment ago and has no answer yet.
          if (code === 'request_in_progress') return 'unavailable';
          return status >= 400 && status < 500 && MODERATED.test(code) ? 'moderated' : undefined;
        },
      },
    });
  }

  get configured(): boolean {
    return this.api.configured;
  }

  /** Submits a film and answers its id. The key makes a repeated submit the same film for 24 hours. */
  async create(body: object, idempotencyKey: string, signal: AbortSignal): Promise<string> {
    const headers = { 'idempotency-key': idempotencyKey };
    const call = { method: 'POST', path: this.films.path, body, headers, purpose: 'work' } as const;
    const { json, status } = await this.api.call(call, signal);
    const id = textAt(json, 'data', 'video_id') ?? textAt(json, 'data', 'id');
    if (id === undefined) throw this.api.unreadable('the answer names no film', 'work', status);
    return id;
  }

  /** Stores a file for a film and answers its id. Costs nothing, so it may be repeated. */
  async upload(bytes: Buffer, mimeType: string, signal: AbortSignal): Promise<string> {
    const form = new FormData();
    form.append(
      'file',
      new Blob([new Uint8Array(bytes)], { type: mimeType }),
      `input.${extension(mimeType)}`,
    );
    const call = { method: 'POST', path: '/v3/assets', body: form, purpose: 'look' } as const;
    const { json, status } = await this.api.call(call, signal);
    const id = textAt(json, 'data', 'asset_id') ?? textAt(json, 'data', 'id');
    if (id === undefined) throw this.api.unreadable('the answer names no asset', 'look', status);
    return id;
  }

  async look(videoId: string, signal: AbortSignal): Promise<TaskState> {
    const { json, status } = await this.api.call({ path: this.pathOf(videoId), purpose: 'look' }, signal);
    const state = textAt(json, 'data', 'status') ?? '';
    if (['pending', 'waiting', 'processing'].includes(state)) return { kind: 'pending' };
    if (state === 'failed' || state === 'cancelled') {
      const code = textAt(json, 'data', 'failure_code') ?? state;
      const message = textAt(json, 'data', 'failure_message') ?? '';
      return failedTask(this.api, this.films.failureKind(code, message), code);
    }
    const url = textAt(json, 'data', 'video_url');
    if (state === 'completed' && url !== undefined)
      return { kind: 'done', url, posterUrl: textAt(json, 'data', 'thumbnail_url') };
    throw this.api.unreadable('the answer tells no state', 'look', status);
  }

  async remove(videoId: string, signal: AbortSignal): Promise<void> {
    await this.api.call({ method: 'DELETE', path: this.pathOf(videoId), purpose: 'look' }, signal);
  }

  /** The newest film of that title, among the latest 500. */
  async findByTitle(title: string, signal: AbortSignal): Promise<string | undefined> {
    let token: string | undefined;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const query = token === undefined ? '' : `&token=${encodeURIComponent(token)}`;
      const { json } = await this.api.call(
        { path: `${this.films.path}?limit=100${query}`, purpose: 'look' },
        signal,
      );
      const found = entryWith(at(json, 'data'), 'title', title);
      if (found !== undefined) return textAt(found, 'id') ?? textAt(found, 'video_id');
      token = textAt(json, 'next_token');
      if (token === undefined) return undefined;
    }
    return undefined;
  }

  fault(kind: ProviderFaultKind, message: string): ReturnType<VendorApi['fault']> {
    return this.api.fault(kind, message);
  }

  private pathOf(videoId: string): string {
    return `${this.films.path}/${encodeURIComponent(videoId)}`;
  }
}

function extension(mimeType: string): string {
  return { 'audio/mpeg': 'mp3', 'audio/wav': 'wav', 'image/jpeg': 'jpg' }[mimeType] ?? 'bin';
}
