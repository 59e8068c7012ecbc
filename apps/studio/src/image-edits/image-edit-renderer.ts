import { picturePiece } from '../images/picture-piece.js';
import type { InputFile } from '../inputs/input-file.js';
import type { MediaInputs } from '../inputs/media-inputs.js';
import { imageCostBoundMicroUsd } from '../providers/image-costs.js';
import type { ImageEdit, ImageEditKind, ImageEditRequest } from '../providers/image-edit-provider.js';
import type { ImageEditProviders } from '../providers/image-edit-providers.js';
import type { GeneratedImage, ImageFormat } from '../providers/image-provider.js';
import type { RenderedPiece, RenderTask } from '../render-jobs/renderer.js';
import { ProviderRenderer } from '../render-jobs/provider-renderer.js';
import { StudioErrors } from '../studio.errors.js';

interface EditInput {
  readonly source: InputFile;
  readonly format: ImageFormat;
  readonly label?: boolean;
}

/** Makes pictures from a picture that was handed in. */
export abstract class ImageEditRenderer<Input extends EditInput> extends ProviderRenderer<
  Input,
  ImageEditRequest,
  GeneratedImage
> {
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

  maxCostMicroUsd(input: Input, provider: string): number {
    return imageCostBoundMicroUsd({ provider, quality: 'high' }) * this.pieces(input);
  }

  protected sold(provider: string) {
    return this.providers.sold(this.kind, provider);
  }

  protected async requestOf(task: RenderTask<Input>): Promise<ImageEditRequest> {
    const { tenantId, input, seed, idempotencyKey } = task;
    const read = (file: InputFile): Promise<Buffer> => this.inputs.read(tenantId, file.id);
    const [source, edit] = [await read(input.source), await this.editOf(task, read)];
    return { source, edit, format: input.format, seed, idempotencyKey };
  }

  protected async pieceOf(
    { tenantId, input }: RenderTask<Input>,
    image: GeneratedImage,
  ): Promise<RenderedPiece> {
    const piece = await picturePiece(image, input, { madeFrom: input.source.id });
    return { ...piece, parent: await this.inputs.parent(tenantId, input.source) };
  }
}
