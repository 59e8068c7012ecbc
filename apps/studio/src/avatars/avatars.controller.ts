import { Body, Controller, Get, Post } from '@nestjs/common';
import { Authenticated } from '@eventzr/auth';
import { Group, HttpErrors, Route } from '@eventzr/http';
import { Write } from '@eventzr/idempotency';
import { TakesInputsForJobs } from '../inputs/takes-inputs.js';
import { DATA_URI_BODY_LIMIT_BYTES } from '../inputs/media-source.js';
import { JobReceipt } from '../render-jobs/render-jobs.dto.js';
import { StudioErrors } from '../studio.errors.js';
import { PresenterView, TalkingHeadRequest } from './avatars.dto.js';
import { AvatarsService } from './avatars.service.js';
import { PresentersService } from './presenters.service.js';

@Group('Avatars', 'Presenters who speak a script or a recording, made as render jobs.')
@Controller('avatars')
@TakesInputsForJobs()
@Authenticated()
export class AvatarsController {
  constructor(
    private readonly avatars: AvatarsService,
    private readonly cast: PresentersService,
  ) {}

  @Post('talking-head')
  @Write('operation')
  @Route({
    summary: 'Let a presenter speak',
    description:
      'Holds the credits for the longest that the script could take and charges for the minutes that the film began. Its asset is an MP4 (H.264, AAC). With `Prefer: wait=N` the finished job is answered when it is ready in time.',
    answer: JobReceipt,
    status: 202,
    budget: true,
    prefer: true,
    bodyLimitBytes: DATA_URI_BODY_LIMIT_BYTES,
    errors: [
      StudioErrors.INVALID_SCRIPT,
      StudioErrors.UNKNOWN_PRESENTER,
      StudioErrors.UNKNOWN_AVATAR_PROVIDER,
      StudioErrors.UNKNOWN_AVATAR_VOICE,
      StudioErrors.INVALID_BACKGROUND,
      StudioErrors.INVALID_MEDIA_INPUT,
      StudioErrors.ASSET_NOT_FOUND,
      StudioErrors.MEDIA_TOO_LARGE,
      StudioErrors.MEDIA_UNREACHABLE,
      StudioErrors.UNSUPPORTED_MEDIA,
      HttpErrors.INSUFFICIENT_CREDITS,
      HttpErrors.PROVIDER_NOT_CONFIGURED,
    ],
  })
  talkingHead(@Body() request: TalkingHeadRequest) {
    return this.avatars.request(request);
  }

  @Get('presenters')
  @Route({ summary: 'Who can speak, with pictures', answer: [PresenterView] })
  presenters() {
    return this.cast.list();
  }
}
