import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { CatalogueError, currentPrincipal } from '@eventzr/http';
import type { MultipartForm } from '@eventzr/http';
import { Operations } from '@eventzr/idempotency';
import type { InputFile } from '../inputs/input-file.js';
import { InputFilesRepository } from '../inputs/input-files.repository.js';
import { MediaInputs } from '../inputs/media-inputs.js';
import { StudioDb } from '../studio.db.js';
import { StudioErrors } from '../studio.errors.js';
import type {
  InternalRecording,
  InternalRecordingRequest,
  InternalTranscribeRequest,
} from './internal-audio.dto.js';
import { VaultAssets } from './vault-assets.js';

/** Recordings for another service's operation: taken in before it is opened, since their length decides its price. */
@Injectable()
export class InternalRecordings {
  constructor(
    private readonly inputs: MediaInputs,
    private readonly files: InputFilesRepository,
    private readonly vault: VaultAssets,
    private readonly db: StudioDb,
    private readonly operations: Operations,
    private readonly clock: Clock,
  ) {}

  async takeIn(request: InternalRecordingRequest, form: MultipartForm | undefined) {
    const { id, mimeType, bytes, durationMs = 0 } = await this.taken(request, form);
    const answer: InternalRecording = { recordingId: id, mimeType, bytes, durationMs };
    return this.operations.finish(() => Promise.resolve(answer));
  }

  /** @throws INVALID_MEDIA_INPUT 400 for several sources or none, ASSET_NOT_FOUND 404, and what `MediaInputs.take` throws */
  async of(body: InternalTranscribeRequest, form: MultipartForm<object> | undefined): Promise<InputFile> {
    const { recordingId, audioUrl, assetId, audioBase64 } = body;
    if (recordingId === undefined) {
      const dataUri =
        audioBase64 === undefined ? undefined : `data:application/octet-stream;base64,${audioBase64}`;
      return form === undefined
        ? this.inputs.take({ url: audioUrl, assetId, dataUri }, 'audio')
        : this.inputs.take({ file: form.files[0] }, 'audio');
    }
    const others = [audioUrl, assetId, audioBase64, form].filter((each) => each !== undefined);
    if (others.length > 0) throw StudioErrors.INVALID_MEDIA_INPUT({ reason: 'exactly one source is needed' });
    return this.kept(recordingId);
  }

  private async taken(
    { audioUrl: url, assetId }: InternalRecordingRequest,
    form: MultipartForm | undefined,
  ): Promise<InputFile> {
    if (form !== undefined) return this.inputs.take({ file: form.files[0] }, 'audio');
    try {
      return await this.inputs.take({ url, assetId }, 'audio');
    } catch (error) {
      if (assetId === undefined || url !== undefined || !isUnknown(error)) throw error;
      return this.inputs.take({ url: await this.vault.linkOf(assetId) }, 'audio');
    }
  }

  private async kept(id: string): Promise<InputFile> {
    const row = await this.db.withTenant((tx) => this.files.find(tx, id, this.clock.now()));
    if (row === null || row.kind !== 'audio' || row.userId !== currentPrincipal().userId)
      throw StudioErrors.ASSET_NOT_FOUND();
    const { mimeType, bytes, durationMs } = row;
    return { id, mimeType, bytes, ...(durationMs === null ? {} : { durationMs }) };
  }
}

function isUnknown(error: unknown): boolean {
  return error instanceof CatalogueError && error.entry.code === StudioErrors.ASSET_NOT_FOUND.entry.code;
}
