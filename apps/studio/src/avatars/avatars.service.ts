import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { avatarCredits } from '@eventzr/wallet-client';
import { assertReady } from '../audio/readiness.js';
import { longestSeconds } from '../audio/speech-length.js';
import type { InputFile } from '../inputs/input-file.js';
import { MediaInputs } from '../inputs/media-inputs.js';
import type { Quote } from '../prices/priced-operation.js';
import { PricedOperation } from '../prices/priced-operation.js';
import { AvatarProviders } from '../providers/avatar-providers.js';
import { avatarCostBoundMicroUsd } from '../providers/film-costs.js';
import { BACKGROUND_SETTINGS } from '../providers/local/avatar/background-settings.js';
import { assertWithinCeiling } from '../render-jobs/cost-ceiling.js';
import { SEED_RANGE } from '../render-jobs/render-job.js';
import { RenderJobsService } from '../render-jobs/render-jobs.service.js';
import { StudioErrors } from '../studio.errors.js';
import type { AvatarInput } from './avatar-input.js';
import { AVATAR_OPERATION } from './avatar-input.js';
import { EstimateTalkingHead, type TalkingHeadRequest } from './avatars.dto.js';

/** The local engine draws at about half the time that the film plays; vendors take some minutes. */
const LOCAL_MS_PER_SECOND = 600;
const VENDOR_MS = 240_000;
const BUDGET_MS = 45 * 60_000;
const COLOUR = /^#[0-9a-fA-F]{6}$/;
const ADDRESS = /^(https?:|data:|\/)/;

/** Turns a script or a recording into a priced render job. */
@Injectable()
export class AvatarsService extends PricedOperation<EstimateTalkingHead> {
  readonly operation = AVATAR_OPERATION;
  readonly body = EstimateTalkingHead;

  constructor(
    private readonly providers: AvatarProviders,
    private readonly inputs: MediaInputs,
    private readonly jobs: RenderJobsService,
  ) {
    super();
  }

  async request(request: TalkingHeadRequest) {
    const casting = this.casting(request);
    await assertReady(casting.provider);
    const audio = await this.recording(request);
    const seconds = audio === undefined ? scriptSeconds(request) : (audio.durationMs ?? 0) / 1_000;
    const { credits, maxCostMicroUsd, provider, requestedProvider } = this.price(request, seconds);
    assertWithinCeiling(maxCostMicroUsd);
    const { script, seed = randomInt(SEED_RANGE) } = request;
    return this.jobs.submit<AvatarInput>({
      type: 'talking-head',
      operation: AVATAR_OPERATION,
      input: await this.inputOf(request, casting.presenter.id, audio),
      prompts: script === undefined ? [] : [script],
      provider,
      requestedProvider,
      seed,
      credits,
      estimatedMs: Math.round(provider === 'local' ? 2_000 + seconds * LOCAL_MS_PER_SECOND : VENDOR_MS),
      budgetMs: BUDGET_MS,
    });
  }

  quote(request: EstimateTalkingHead): Quote {
    return this.price(
      request,
      request.script === undefined ? request.durationSeconds : scriptSeconds(request),
    );
  }

  /** The hold is for the longest that the script could take; what is charged is what it took. */
  private price(request: TalkingHeadRequest, durationSeconds: number): Quote {
    const { provider, requestedProvider } = this.casting(request);
    const { name } = provider;
    const { resolution } = request;
    const credits = avatarCredits({ durationSeconds, resolution });
    return {
      credits,
      maxCostMicroUsd: avatarCostBoundMicroUsd(name, durationSeconds),
      provider: name,
      ...(requestedProvider === undefined ? {} : { requestedProvider }),
      lines: [
        {
          item: `at most ${Math.max(1, Math.ceil(durationSeconds / 60))} min in ${resolution} by ${name}`,
          credits,
        },
      ],
    };
  }

  private casting(request: TalkingHeadRequest) {
    const { script, audioUrl, assetId, voice, background } = request;
    if ([script, audioUrl, assetId].filter((source) => source !== undefined).length !== 1)
      throw StudioErrors.INVALID_SCRIPT();
    const known = BACKGROUND_SETTINGS.some((setting) => setting === background);
    if (!known && !COLOUR.test(background) && !ADDRESS.test(background))
      throw StudioErrors.INVALID_BACKGROUND();
    const casting = this.providers.cast(request);
    if (voice !== undefined && !casting.provider.speaksWith(voice))
      throw StudioErrors.UNKNOWN_AVATAR_VOICE({ voice });
    return casting;
  }

  private async recording({ audioUrl, assetId }: TalkingHeadRequest): Promise<InputFile | undefined> {
    if (audioUrl === undefined && assetId === undefined) return undefined;
    return this.inputs.take({ url: audioUrl, assetId }, 'audio');
  }

  private async inputOf(
    { script, voice, background, resolution, captions, label }: TalkingHeadRequest,
    presenter: string,
    audio: InputFile | undefined,
  ): Promise<AvatarInput> {
    return {
      ...(script === undefined ? {} : { script }),
      ...(audio === undefined ? {} : { audio }),
      presenter,
      ...(voice === undefined ? {} : { voice }),
      background: ADDRESS.test(background)
        ? await this.inputs.take({ url: background }, 'image')
        : background,
      resolution,
      captions,
      ...(label ? { label } : {}),
    };
  }
}

const scriptSeconds = ({ script = '' }: TalkingHeadRequest): number => longestSeconds(script, 1);
