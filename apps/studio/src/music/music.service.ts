import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { musicCredits } from '@eventzr/wallet-client';
import type { Quote } from '../prices/priced-operation.js';
import { PricedOperation } from '../prices/priced-operation.js';
import { musicCostBoundMicroUsd } from '../providers/music-costs.js';
import { MusicProviders } from '../providers/music-providers.js';
import { assertWithinCeiling } from '../render-jobs/cost-ceiling.js';
import { SEED_RANGE } from '../render-jobs/render-job.js';
import { RenderJobsService } from '../render-jobs/render-jobs.service.js';
import type { MusicInput } from './music-input.js';
import { MUSIC_OPERATION } from './music-input.js';
import { GenerateMusicRequest } from './music.dto.js';

/** The local band plays about fifteen times as fast as the music sounds; vendors take a minute or two. */
const LOCAL_SPEED = 15;
const VENDOR_MS = 90_000;
const BUDGET_MS = 20 * 60_000;

/** Turns a wish for music into a priced render job. */
@Injectable()
export class MusicService extends PricedOperation<GenerateMusicRequest> {
  readonly operation = MUSIC_OPERATION;
  readonly body = GenerateMusicRequest;

  constructor(
    private readonly providers: MusicProviders,
    private readonly jobs: RenderJobsService,
  ) {
    super();
  }

  request(request: GenerateMusicRequest) {
    const { credits, maxCostMicroUsd, provider, requestedProvider } = this.quote(request);
    assertWithinCeiling(maxCostMicroUsd);
    const localMs = 1_000 + (request.durationSeconds * 1_000) / LOCAL_SPEED;
    return this.jobs.submit<MusicInput>({
      type: 'music',
      operation: MUSIC_OPERATION,
      input: inputOf(request),
      prompts: [request.prompt, request.genre, request.mood].filter((words) => words !== undefined),
      provider,
      requestedProvider,
      seed: request.seed ?? randomInt(SEED_RANGE),
      credits,
      estimatedMs: Math.round(provider === 'local' ? localMs : VENDOR_MS),
      budgetMs: BUDGET_MS,
    });
  }

  quote({ durationSeconds, provider: wish }: GenerateMusicRequest): Quote {
    const { provider, requestedProvider } = this.providers.choose(wish);
    const credits = musicCredits({ durationSeconds });
    return {
      credits,
      maxCostMicroUsd: musicCostBoundMicroUsd(provider.name, durationSeconds),
      provider: provider.name,
      ...(requestedProvider === undefined ? {} : { requestedProvider }),
      lines: [{ item: `track of ${durationSeconds} s by ${provider.name}`, credits }],
    };
  }
}

function inputOf({
  prompt,
  durationSeconds,
  instrumental,
  format,
  genre,
  mood,
}: GenerateMusicRequest): MusicInput {
  return {
    prompt,
    durationSeconds,
    instrumental,
    format,
    ...(genre === undefined ? {} : { genre }),
    ...(mood === undefined ? {} : { mood }),
  };
}
