import { Body, Controller, Post } from '@nestjs/common';
import { Authenticated } from '@eventzr/auth';
import { Group, HttpErrors, Route } from '@eventzr/http';
import { Write } from '@eventzr/idempotency';
import { DATA_URI_BODY_LIMIT_BYTES } from '../inputs/media-source.js';
import { TakesInputsForJobs } from '../inputs/takes-inputs.js';
import { JobReceipt } from '../render-jobs/render-jobs.dto.js';
import { StudioErrors } from '../studio.errors.js';
import { GeneratePresentationRequest } from './presentations.dto.js';
import { PresentationsService } from './presentations.service.js';

@Group('Presentations', 'Decks from a topic or an outline, made as render jobs.')
@Controller('presentations')
@TakesInputsForJobs()
export class PresentationsController {
  constructor(private readonly presentations: PresentationsService) {}

  @Post('generate')
  @Authenticated()
  @Write('operation')
  @Route({
    summary: 'Generate a presentation from a topic, an outline or a template',
    description:
      'Takes a hold on the credits and answers with the job. Each slide is priced by what it shows: text, one picture or chart, or both. With `Prefer: wait=N` the finished job is answered when it is ready in time.',
    answer: JobReceipt,
    status: 202,
    budget: true,
    prefer: true,
    bodyLimitBytes: DATA_URI_BODY_LIMIT_BYTES,
    errors: [
      StudioErrors.INVALID_TOPIC,
      StudioErrors.INVALID_SLIDE_COUNT,
      StudioErrors.INVALID_OUTLINE,
      StudioErrors.UNKNOWN_SLIDE_THEME,
      StudioErrors.TEMPLATE_NOT_FOUND,
      StudioErrors.INVALID_SLOTS,
      StudioErrors.BRAND_KIT_NOT_FOUND,
      StudioErrors.INVALID_MEDIA_INPUT,
      StudioErrors.ASSET_NOT_FOUND,
      StudioErrors.MEDIA_TOO_LARGE,
      StudioErrors.UNSUPPORTED_MEDIA,
      StudioErrors.MEDIA_UNREACHABLE,
      StudioErrors.STORAGE_FAILED,
      HttpErrors.INSUFFICIENT_CREDITS,
    ],
  })
  generate(@Body() request: GeneratePresentationRequest) {
    return this.presentations.request(request);
  }
}
