import { Body, Controller, Post } from '@nestjs/common';
import { Authenticated } from '@eventzr/auth';
import { Group, HttpErrors, Route } from '@eventzr/http';
import { Write } from '@eventzr/idempotency';
import { JobReceipt } from '../render-jobs/render-jobs.dto.js';
import { StudioErrors } from '../studio.errors.js';
import { GenerateMusicRequest } from './music.dto.js';
import { MusicService } from './music.service.js';

@Group('Music', 'Tracks from a prompt, made as render jobs.')
@Controller('music')
export class MusicController {
  constructor(private readonly music: MusicService) {}

  @Post('generate')
  @Authenticated()
  @Write('operation')
  @Route({
    summary: 'Generate a track from a prompt',
    description:
      'Takes a hold on the credits and answers with the job; its assets are the track and, of the local composer, the score as MIDI. With `Prefer: wait=N` the finished job is answered when it is ready in time.',
    answer: JobReceipt,
    status: 202,
    budget: true,
    prefer: true,
    errors: [
      StudioErrors.INVALID_MUSIC_PROMPT,
      StudioErrors.INVALID_MUSIC_DURATION,
      StudioErrors.UNKNOWN_MUSIC_PROVIDER,
      HttpErrors.INSUFFICIENT_CREDITS,
      HttpErrors.PROVIDER_NOT_CONFIGURED,
    ],
  })
  generate(@Body() request: GenerateMusicRequest) {
    return this.music.request(request);
  }
}
