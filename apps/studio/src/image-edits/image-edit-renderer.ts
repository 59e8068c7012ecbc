import type { InputFile } from '../inputs/input-file.js';
import type { MediaInputs } from '../inputs/media-inputs.js';
import { imageCostBoundMicroUsd } from '../providers/image-costs.js';
import type { ImageEdit, ImageEditKind, ImageEditRequest } from '../providers/image-edit-provider.js';
import type { ImageEditProviders } from '../providers/image-edit-providers.js';
import type { GeneratedImage, ImageFormat } from '../providers/image-provider.js';
import type { CancelOutcome } from '../providers/media-provider.js';
import { PendingTask } from '../providers/media-provider.js';
import type { RenderedPiece, RenderTask, RenderWorkTools } from '../render-jobs/renderer.js';
import { Renderer } from '../render-jobs/renderer.js';
import { StudioErrors } from '../studio.errors.js';

interface EditInput {
  readonly source: InputFile;
  readonly format: ImageFormat;
}

/** Makes pictures from a picture that was handed in. */
export abstract class ImageEditRenderer<Input extends EditInput> extends Renderer<Input> {
  readonly providerError = StudioErrors.IMAGE_PROVIDER_ERROR;
  readonly timeoutError = StudioErrors.IMAGE_GENERATION_TIMEOUT;
  readonly refusalError = StudioErrors.IMAGE_REFUSED;
  protected abstract readonly kind: ImageEditKind;

  constructor(
    private readonly providers: ImageEditProviders,
    private readonly inputs: MediaInputs,
  ) {
    super();
  }

  protected abstract editOf(
    task: RenderTask<Input>,
    read: (file: InputFile) => Promise<Buffer>,
  ): Promise<ImageEdit>;

  pieces(_input: Input): number {
    return 1;
  }

  maxCostMicroUsd(input: Input, provider: string): number {
    return imageCostBoundMicroUsd({ provider, quality: 'high' }) * this.pieces(input);
  }

  safeToResubmit(provider: string): boolean {
    return this.sold(provider).resubmit === 'safe';
  }

  async render(task: RenderTask<Input>, tools: RenderWorkTools): Promise<RenderedPiece | PendingTask> {
    return made(task, await this.sold(task.provider).generate(await this.requestOf(task), tools));
  }

  override async resume(
    taskId: string,
    task: RenderTask<Input>,
    tools: RenderWorkTools,
  ): Promise<RenderedPiece | PendingTask> {
    return made(task, await this.sold(task.provider).poll(taskId, await this.requestOf(task), tools));
  }

  override stop(taskId: string, task: RenderTask<Input>, tools: RenderWorkTools): Promise<CancelOutcome> {
    return this.sold(task.provider).cancel(taskId, tools);
  }

  private sold(provider: string) {
    return this.providers.sold(this.kind, provider);
  }

  private async requestOf(task: RenderTask<Input>): Promise<ImageEditRequest> {
    const { tenantId, input, seed, idempotencyKey } = task;
    const read = (file: InputFile): Promise<Buffer> => this.inputs.read(tenantId, file.id);
    const [source, edit] = [await read(input.source), await this.editOf(task, read)];
    return { source, edit, format: input.format, seed, idempotencyKey };
  }
}

function made(
  { input }: RenderTask<EditInput>,
  image: GeneratedImage | PendingTask,
): RenderedPiece | PendingTask {
  if (image instanceof PendingTask) return image;
  const { bytes, mimeType, width, height, provider, model, seed, limits } = image;
  const extension = input.format === 'jpeg' ? 'jpg' : input.format;
  const provenance = { generator: model, limits, madeFrom: input.source.id };
  return { files: [{ bytes, mimeType, extension, width, height, provider, model, seed, provenance }] };
}
