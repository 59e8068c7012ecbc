import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { HttpErrors } from '@eventzr/http';
import { ttsCredits } from '@eventzr/wallet-client';
import type { Quote } from '../prices/priced-operation.js';
import { PricedOperation } from '../prices/priced-operation.js';
import { speechCostBoundMicroUsd } from '../providers/audio-costs.js';
import { languageName, speaks } from '../providers/languages.js';
import type { Voice } from '../providers/speech-provider.js';
import type { Speaker } from '../providers/speech-providers.js';
import { SpeechProviders } from '../providers/speech-providers.js';
import { TranscriptProviders } from '../providers/transcript-providers.js';
import { assertWithinCeiling } from '../render-jobs/cost-ceiling.js';
import { SEED_RANGE } from '../render-jobs/render-job.js';
import { RenderJobsService } from '../render-jobs/render-jobs.service.js';
import { ClonedVoices } from '../voice-models/cloned-voices.js';
import type { SpeechInput } from './audio-input.js';
import { SPEECH_OPERATION } from './audio-input.js';
import type { LanguageView, ListVoicesQuery, SpeechWish } from './audio.dto.js';
import { TextToSpeechRequest } from './audio.dto.js';
import { assertReady } from './readiness.js';
import { longestSeconds } from './speech-length.js';

const DEFAULT_LANGUAGE = 'en-US';
const ESTIMATED_MS = 3_000;
const BUDGET_MS = 10 * 60_000;

/** Turns texts into priced speech jobs. */
@Injectable()
export class SpeechService extends PricedOperation<TextToSpeechRequest> {
  readonly operation = SPEECH_OPERATION;
  readonly body = TextToSpeechRequest;

  constructor(
    private readonly providers: SpeechProviders,
    private readonly transcripts: TranscriptProviders,
    private readonly cloned: ClonedVoices,
    private readonly jobs: RenderJobsService,
  ) {
    super();
  }

  async request(request: TextToSpeechRequest) {
    await assertReady((await this.speakerOf(request)).provider);
    const { credits, maxCostMicroUsd, provider, requestedProvider } = await this.quote(request);
    assertWithinCeiling(maxCostMicroUsd);
    return this.jobs.submit<SpeechInput>({
      type: 'tts',
      operation: SPEECH_OPERATION,
      input: await this.inputOf(request),
      prompts: [request.text],
      provider,
      requestedProvider,
      seed: randomInt(SEED_RANGE),
      credits,
      estimatedMs: ESTIMATED_MS,
      budgetMs: BUDGET_MS,
    });
  }

  async quote(request: SpeechWish): Promise<Quote> {
    const { provider, requestedProvider, voice } = await this.speakerOf(request);
    const durationSeconds = longestSeconds(request.text, request.speed);
    const credits = ttsCredits({ durationSeconds, voice: voice.kind });
    return {
      credits,
      maxCostMicroUsd: speechCostBoundMicroUsd(provider.name, request.text.length),
      provider: provider.name,
      ...(requestedProvider === undefined ? {} : { requestedProvider }),
      lines: [{ item: `at most ${Math.ceil(durationSeconds / 60)} min by ${voice.name}`, credits }],
    };
  }

  /** What the one who speaks is told. */
  async inputOf(request: SpeechWish): Promise<SpeechInput> {
    const { text, format, speed } = request;
    const { voice, language } = await this.speakerOf(request);
    return { text, language, voice: voice.id, voiceKind: voice.kind, format, speed };
  }

  /**
   * Who speaks: a voice that was made here, or one of a provider.
   * @throws VOICE_MODEL_NOT_FOUND 404, VOICE_MODEL_NOT_READY 409, and what `SpeechProviders.speaker` throws
   */
  async speakerOf(request: SpeechWish): Promise<Speaker> {
    const { voiceModelId, language = DEFAULT_LANGUAGE } = request;
    if (voiceModelId === undefined) return this.providers.speaker(request);
    const { name, provider, vendorVoiceId: id } = await this.cloned.get(voiceModelId);
    const chosen = this.providers.choose(provider);
    // Nobody else has this voice.
    if (chosen.requestedProvider !== undefined) throw HttpErrors.PROVIDER_NOT_CONFIGURED({ provider });
    return { ...chosen, voice: { id, name, language, kind: 'cloned', provider }, language };
  }

  voices({ language, provider }: ListVoicesQuery): Voice[] {
    return this.providers
      .voices()
      .filter((voice) => language === undefined || speaks(voice.language, language))
      .filter((voice) => provider === undefined || voice.provider === provider);
  }

  languages(): LanguageView[] {
    const voices = this.providers.voices();
    const understood = this.transcripts.languages();
    const tags = new Set(voices.map(({ language }) => language).filter((tag) => tag !== 'mul'));
    return [...tags].sort().map((language) => ({
      language,
      name: languageName(language),
      voices: voices.filter((voice) => voice.language === language || voice.language === 'mul').length,
      transcription: understood.some((tag) => speaks(tag, language)),
    }));
  }
}
