import { Body, Controller, Post } from '@nestjs/common';
import { Authenticated } from '@eventzr/auth';
import { Group, HttpErrors, Route } from '@eventzr/http';
import { Write } from '@eventzr/idempotency';
import { TakesInputsForJobs } from '../inputs/takes-inputs.js';
import { DATA_URI_BODY_LIMIT_BYTES } from '../inputs/media-source.js';
import { JobReceipt } from '../render-jobs/render-jobs.dto.js';
import { StudioErrors } from '../studio.errors.js';
import { GenerateVideoRequest } from './videos.dto.js';
import { VideosService } from './videos.service.js';

@Group('Videos', 'Films from a prompt, made as render jobs.')
@Controller('videos')
@TakesInputsForJobs()
export class VideosController {
  constructor(private readonly videos: VideosService) {}

  @Post('generate')
  @Authenticated()
  @Write('operation')
  @Route({
    summary: 'Generate a film from a prompt',
    description:
      'Takes a hold on the credits and answers with the job; its asset is an MP4 (H.264, AAC) exactly as long as asked where the provider can. With `Prefer: wait=N` the finished job is answered when it is ready in time.',
    answer: JobReceipt,
    status: 202,
    budget: true,
    prefer: true,
    bodyLimitBytes: DATA_URI_BODY_LIMIT_BYTES,
    errors: [
      StudioErrors.INVALID_VIDEO_PROMPT,
      StudioErrors.INVALID_DURATION,
      StudioErrors.UNKNOWN_VIDEO_PROVIDER,
      StudioErrors.INVALID_MEDIA_INPUT,
      StudioErrors.MEDIA_TOO_LARGE,
      StudioErrors.MEDIA_UNREACHABLE,
      StudioErrors.UNSUPPORTED_MEDIA,
      HttpErrors.INSUFFICIENT_CREDITS,
      HttpErrors.PROVIDER_NOT_CONFIGURED,
    ],
  })
  generate(@Body() request: GenerateVideoRequest) {
    return this.videos.request(request);
  }
}
