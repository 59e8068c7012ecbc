import { Body, Controller, Post } from '@nestjs/common';
import { Authenticated } from '@eventzr/auth';
import { Group, HttpErrors, Route } from '@eventzr/http';
import type { RouteOptions } from '@eventzr/http';
import { Write } from '@eventzr/idempotency';
import { TakesInputsForJobs } from '../inputs/takes-inputs.js';
import { DATA_URI_BODY_LIMIT_BYTES } from '../inputs/media-source.js';
import { JobReceipt } from '../render-jobs/render-jobs.dto.js';
import { StudioErrors } from '../studio.errors.js';
import { RemoveBackgroundRequest, TransformImageRequest, VaryImageRequest } from './image-edits.dto.js';
import { BackgroundsService, TransformsService, VariationsService } from './image-edits.service.js';

/** What the three routes share. */
const EDIT = {
  answer: JobReceipt,
  status: 202,
  budget: true,
  prefer: true,
  bodyLimitBytes: DATA_URI_BODY_LIMIT_BYTES,
  errors: [
    StudioErrors.INVALID_MEDIA_INPUT,
    StudioErrors.UNKNOWN_IMAGE_PROVIDER,
    StudioErrors.ASSET_NOT_FOUND,
    StudioErrors.ASSET_LINK_INVALID,
    StudioErrors.MEDIA_TOO_LARGE,
    StudioErrors.UNSUPPORTED_MEDIA,
    StudioErrors.MEDIA_UNREACHABLE,
    StudioErrors.PROMPT_REFUSED,
    StudioErrors.MEDIA_REFUSED,
    StudioErrors.MODERATION_UNAVAILABLE,
    StudioErrors.STORAGE_FAILED,
    HttpErrors.INSUFFICIENT_CREDITS,
    HttpErrors.PROVIDER_NOT_CONFIGURED,
  ],
} as const satisfies Omit<RouteOptions, 'summary'>;

@Group('Images', 'Pictures from a prompt, made as render jobs.')
@Controller('images')
@TakesInputsForJobs()
export class ImageEditsController {
  constructor(
    private readonly transforms: TransformsService,
    private readonly backgrounds: BackgroundsService,
    private readonly variations: VariationsService,
  ) {}

  @Post('transform')
  @Authenticated()
  @Write('operation')
  @Route({
    ...EDIT,
    summary: 'Change a picture: style, filter, enhance, colour, resize, crop, upscale',
    description: 'Takes a copy of the picture and a hold on the credits, and answers with the job.',
    errors: [StudioErrors.INVALID_TRANSFORMATION, ...EDIT.errors],
  })
  transform(@Body() request: TransformImageRequest) {
    return this.transforms.request(request);
  }

  @Post('remove-background')
  @Authenticated()
  @Write('operation')
  @Route({ ...EDIT, summary: 'Cut the subject of a picture out of its background' })
  removeBackground(@Body() request: RemoveBackgroundRequest) {
    return this.backgrounds.request(request);
  }

  @Post('variations')
  @Authenticated()
  @Write('operation')
  @Route({
    ...EDIT,
    summary: 'Make other pictures from a picture',
    errors: [StudioErrors.INVALID_PROMPT, ...EDIT.errors],
  })
  vary(@Body() request: VaryImageRequest) {
    return this.variations.request(request);
  }
}
