import { Injectable } from '@nestjs/common';
import type { InputFile } from '../inputs/input-file.js';
import { MediaInputs } from '../inputs/media-inputs.js';
import type { ImageEdit } from '../providers/image-edit-provider.js';
import { ImageEditProviders } from '../providers/image-edit-providers.js';
import type { RenderTask } from '../render-jobs/renderer.js';
import type { BackgroundInput, TransformInput, VariationInput } from './image-edit-input.js';
import { BACKGROUND_OPERATION, TRANSFORM_OPERATION, VARIATION_OPERATION } from './image-edit-input.js';
import { ImageEditRenderer } from './image-edit-renderer.js';

@Injectable()
export class TransformRenderer extends ImageEditRenderer<TransformInput> {
  readonly type = 'image-transform';
  readonly operation = TRANSFORM_OPERATION;
  protected readonly kind = 'transform';

  constructor(providers: ImageEditProviders, inputs: MediaInputs) {
    super(providers, inputs);
  }

  protected async editOf(
    { input }: RenderTask<TransformInput>,
    read: (file: InputFile) => Promise<Buffer>,
  ): Promise<ImageEdit> {
    const { source: _read, format: _asked, label: _ours, reference, ...wish } = input;
    const picture = reference === undefined ? {} : { styleReference: await read(reference) };
    return { kind: 'transform', ...wish, ...picture };
  }
}

@Injectable()
export class BackgroundRenderer extends ImageEditRenderer<BackgroundInput> {
  readonly type = 'background-removal';
  readonly operation = BACKGROUND_OPERATION;
  protected readonly kind = 'remove-background';

  constructor(providers: ImageEditProviders, inputs: MediaInputs) {
    super(providers, inputs);
  }

  protected editOf({ input: { drawing } }: RenderTask<BackgroundInput>): Promise<ImageEdit> {
    return Promise.resolve({ kind: 'remove-background', ...(drawing === undefined ? {} : { drawing }) });
  }
}

@Injectable()
export class VariationRenderer extends ImageEditRenderer<VariationInput> {
  readonly type = 'image-variation';
  readonly operation = VARIATION_OPERATION;
  protected readonly kind = 'variation';

  constructor(providers: ImageEditProviders, inputs: MediaInputs) {
    super(providers, inputs);
  }

  override pieces({ variants }: VariationInput): number {
    return variants;
  }

  protected editOf({ input, piece }: RenderTask<VariationInput>): Promise<ImageEdit> {
    const { strength, prompt } = input;
    const words = prompt === undefined ? {} : { prompt };
    return Promise.resolve({ kind: 'variation', strength, variantIndex: piece, ...words });
  }
}
