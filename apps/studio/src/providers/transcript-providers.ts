import { StudioErrors } from '../studio.errors.js';
import { speaks } from './languages.js';
import type { ResolvedProvider } from './provider-registry.js';
import { ProviderRegistry } from './provider-registry.js';
import type { TranscriptProvider } from './transcript-provider.js';

export const TRANSCRIPT_PROVIDER_NAMES = ['elevenlabs', 'openai', 'aws-transcribe', 'local'] as const;

/** Chooses who listens. The order of `providers` is the order of preference. */
export class TranscriptProviders extends ProviderRegistry<TranscriptProvider> {
  private readonly all: readonly TranscriptProvider[];

  constructor(providers: readonly TranscriptProvider[], local: TranscriptProvider, localFallback: boolean) {
    super({
      kind: 'stt',
      names: TRANSCRIPT_PROVIDER_NAMES,
      providers,
      local,
      localFallback,
      unknown: StudioErrors.UNKNOWN_AUDIO_PROVIDER,
    });
    this.all = [...providers, local];
  }

  /** The languages that are understood here now; `*` for any. */
  languages(): string[] {
    return [...new Set(this.all.filter((each) => each.configured()).flatMap((each) => each.languages()))];
  }

  /**
   * Who writes down a recording in the hinted language.
   * @throws UNSUPPORTED_LANGUAGE 400, UNKNOWN_AUDIO_PROVIDER 400, PROVIDER_NOT_CONFIGURED 503
   */
  listener(
    requested: string | undefined,
    languageHint: string | undefined,
  ): ResolvedProvider<TranscriptProvider> {
    const chosen = this.choose(requested);
    if (languageHint === undefined || understands(chosen.provider, languageHint)) return chosen;
    const other =
      requested === undefined
        ? this.all.find((each) => each.configured() && understands(each, languageHint))
        : undefined;
    if (other === undefined)
      throw StudioErrors.UNSUPPORTED_LANGUAGE({ language: languageHint, provider: chosen.provider.name });
    return { provider: other };
  }
}

function understands(provider: TranscriptProvider, language: string): boolean {
  return provider.languages().some((own) => speaks(own, language));
}
