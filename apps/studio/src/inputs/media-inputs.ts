import { Injectable } from '@nestjs/common';
import { currentPrincipal } from '@eventzr/http';
import type { Parent } from '../provenance/parent.js';
import { InputBytes } from './input-bytes.js';
import { InputCopies, type InputOwner } from './input-copies.js';
import type { InputFile } from './input-file.js';
import { MediaChecks } from './media-checks.js';
import type { MediaKind, MediaSource } from './media-source.js';

/** What callers hand in: taken once when they submit, so that the worker never fetches, and always finds the same bytes. */
@Injectable()
export class MediaInputs {
  constructor(
    private readonly sources: InputBytes,
    private readonly checks: MediaChecks,
    private readonly copies: InputCopies,
  ) {}

  /**
   * Fetches, checks and keeps a file for a week, or until the request comes to nothing (`TakesInputsForJobs`).
   * @param owner whose the copy is; absent: the caller's
   * @throws INVALID_MEDIA_INPUT 400, ASSET_NOT_FOUND 404, MEDIA_TOO_LARGE 413, UNSUPPORTED_MEDIA 415,
   * MEDIA_UNREACHABLE 422, MEDIA_REFUSED 422, MODERATION_UNAVAILABLE 503, PROVIDER_NOT_CONFIGURED 503 without ffmpeg,
   * STORAGE_FAILED 503
   */
  async take(
    source: MediaSource,
    want: MediaKind,
    owner: InputOwner = currentPrincipal(),
  ): Promise<InputFile> {
    return this.copies.keep(await this.checks[want](await this.sources.of(source)), want, owner);
  }

  /** For the worker. @throws ProviderFault `rejected` when its week is over or it never was */
  read(tenantId: string, id: string): Promise<Buffer> {
    return this.copies.read(tenantId, id);
  }

  /** What the original of a picture told of its making, for what is made from it. @throws ProviderFault `rejected` */
  parent(tenantId: string, file: InputFile): Promise<Parent> {
    return this.copies.parent(tenantId, file);
  }
}
