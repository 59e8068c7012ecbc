import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { videoCredits } from '@eventzr/wallet-client';
import { assertReady } from '../audio/readiness.js';
import { cutText } from '../providers/cut-text.js';
import { MediaInputs } from '../inputs/media-inputs.js';
import type { Quote } from '../prices/priced-operation.js';
import { PricedOperation } from '../prices/priced-operation.js';
import { videoCostBoundMicroUsd } from '../providers/film-costs.js';
import { subjectOf } from '../providers/local/video/storyboard.js';
import { VideoProviders } from '../providers/video-providers.js';
import { assertWithinCeiling } from '../render-jobs/cost-ceiling.js';
import { SEED_RANGE } from '../render-jobs/render-job.js';
import { RenderJobsService } from '../render-jobs/render-jobs.service.js';
import type { VideoInput } from './video-input.js';
import { VIDEO_OPERATION } from './video-input.js';
import { GenerateVideoRequest } from './videos.dto.js';

/** The local engine draws about as fast as the largest film plays; vendors take some minutes. */
const LOCAL_MS_PER_SECOND = 1_000;
const VENDOR_MS = 180_000;
const BUDGET_MS = 30 * 60_000;
const NARRATION_LIMIT = 2_000;

/** Turns a wish for a film into a priced render job. */
@Injectable()
export class VideosService extends PricedOperation<GenerateVideoRequest> {
  readonly operation = VIDEO_OPERATION;
  readonly body = GenerateVideoRequest;

  constructor(
    private readonly providers: VideoProviders,
    private readonly inputs: MediaInputs,
    private readonly jobs: RenderJobsService,
  ) {
    super();
  }

  async request(request: GenerateVideoRequest) {
    const { credits, maxCostMicroUsd, provider, requestedProvider } = this.quote(request);
    assertWithinCeiling(maxCostMicroUsd);
    await assertReady(this.providers.choose(request.provider).provider);
    const input = await this.inputOf(request);
    const { prompt, durationSeconds, seed = randomInt(SEED_RANGE) } = request;
    return this.jobs.submit<VideoInput>({
      type: 'video',
      operation: VIDEO_OPERATION,
      input,
      prompts: [prompt, ...(input.voiceover === undefined ? [] : [input.voiceover])],
      provider,
      requestedProvider,
      seed,
      credits,
      estimatedMs: provider === 'local' ? 2_000 + durationSeconds * LOCAL_MS_PER_SECOND : VENDOR_MS,
      budgetMs: BUDGET_MS,
    });
  }

  quote({ durationSeconds, quality, provider: wish }: GenerateVideoRequest): Quote {
    const { provider, requestedProvider } = this.providers.choose(wish);
    const { name } = provider;
    const credits = videoCredits({ durationSeconds, quality });
    return {
      credits,
      maxCostMicroUsd: videoCostBoundMicroUsd(name, durationSeconds),
      provider: name,
      ...(requestedProvider === undefined ? {} : { requestedProvider }),
      lines: [{ item: `video of ${durationSeconds} s in ${quality} quality by ${name}`, credits }],
    };
  }

  private async inputOf(request: GenerateVideoRequest): Promise<VideoInput> {
    const { prompt, durationSeconds, resolution, aspect, quality, music, imageUrls, voiceover, label } =
      request;
    const images: VideoInput['images'] = [];
    for (const url of imageUrls) images.push(await this.inputs.take({ url }, 'image'));
    const spoken = voiceover === true ? cutText(subjectOf(prompt), NARRATION_LIMIT) : voiceover;
    const labelled = label ? { label } : {};
    const common = { prompt, durationSeconds, resolution, aspect, quality, music, images, ...labelled };
    return typeof spoken === 'string' ? { ...common, voiceover: spoken } : common;
  }
}
