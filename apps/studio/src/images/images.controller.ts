import { Body, Controller, Post } from '@nestjs/common';
import { Authenticated } from '@eventzr/auth';
import { Group, HttpErrors, Route } from '@eventzr/http';
import { Write } from '@eventzr/idempotency';
import { JobReceipt } from '../render-jobs/render-jobs.dto.js';
import { StudioErrors } from '../studio.errors.js';
import { GenerateImageRequest } from './images.dto.js';
import { ImagesService } from './images.service.js';

@Group('Images', 'Pictures from a prompt, made as render jobs.')
@Controller('images')
export class ImagesController {
  constructor(private readonly images: ImagesService) {}

  @Post('generate')
  @Authenticated()
  @Write('operation')
  @Route({
    summary: 'Generate pictures from a prompt',
    description:
      'Takes a hold on the credits and answers with the job. With `Prefer: wait=N` the finished job is answered when it is ready in time.',
    answer: JobReceipt,
    status: 202,
    budget: true,
    prefer: true,
    errors: [
      StudioErrors.INVALID_PROMPT,
      StudioErrors.INVALID_DIMENSIONS,
      StudioErrors.UNKNOWN_IMAGE_PROVIDER,
      StudioErrors.PROMPT_REFUSED,
      StudioErrors.MODERATION_UNAVAILABLE,
      HttpErrors.INSUFFICIENT_CREDITS,
      HttpErrors.PROVIDER_NOT_CONFIGURED,
    ],
  })
  generate(@Body() request: GenerateImageRequest) {
    return this.images.request(request);
  }
}
