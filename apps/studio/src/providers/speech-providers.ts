import { HttpErrors } from '@eventzr/http';
import { StudioErrors } from '../studio.errors.js';
import { speaks } from './languages.js';
import type { ResolvedProvider } from './provider-registry.js';
import { ProviderRegistry } from './provider-registry.js';
import type { SpeechProvider, Voice } from './speech-provider.js';

export const SPEECH_PROVIDER_NAMES = ['elevenlabs', 'openai', 'aws-polly', 'local'] as const;

/** What a caller says of who should speak. */
export interface SpeakerWish {
  readonly provider?: string;
  /** BCP 47. */
  readonly language?: string;
  readonly voice?: string;
}

/** Who speaks, and in which language. */
export interface Speaker extends ResolvedProvider<SpeechProvider> {
  readonly voice: Voice;
  readonly language: string;
}

const DEFAULT_LANGUAGE = 'en-US';

/** Chooses who speaks. The order of `providers` is the order of preference. */
export class SpeechProviders extends ProviderRegistry<SpeechProvider> {
  private readonly all: readonly SpeechProvider[];

  constructor(providers: readonly SpeechProvider[], local: SpeechProvider, localFallback: boolean) {
    super({
      kind: 'tts',
      names: SPEECH_PROVIDER_NAMES,
      providers,
      local,
      localFallback,
      unknown: StudioErrors.UNKNOWN_AUDIO_PROVIDER,
    });
    this.all = [...providers, local];
  }

  /** The voices that can be used now. */
  voices(): Voice[] {
    return this.all.filter((provider) => provider.configured()).flatMap((provider) => provider.voices());
  }

  /**
   * The first voice that fits the wish; a named voice brings its provider and its language.
   * @throws UNKNOWN_VOICE 400, UNSUPPORTED_LANGUAGE 400, UNKNOWN_AUDIO_PROVIDER 400, PROVIDER_NOT_CONFIGURED 503
   */
  speaker(wish: SpeakerWish): Speaker {
    return wish.voice === undefined ? this.byLanguage(wish) : this.byVoice(wish, wish.voice);
  }

  private byVoice({ provider: requested, language }: SpeakerWish, id: string): Speaker {
    const owner = this.all.find((provider) => provider.voices().some((voice) => voice.id === id));
    const voice = owner?.voices().find((each) => each.id === id);
    if (owner === undefined || voice === undefined) throw StudioErrors.UNKNOWN_VOICE({ voice: id });
    const chosen = this.choose(requested ?? owner.name);
    if (chosen.provider.name !== owner.name)
      throw requested === undefined || chosen.requestedProvider !== undefined
        ? HttpErrors.PROVIDER_NOT_CONFIGURED({ provider: owner.name })
        : StudioErrors.UNKNOWN_VOICE({ voice: id, provider: requested });
    if (language !== undefined && !speaks(voice.language, language))
      throw StudioErrors.UNSUPPORTED_LANGUAGE({ language, voice: id });
    return { ...chosen, voice, language: language ?? spokenBy(voice) };
  }

  private byLanguage({ provider: requested, language = DEFAULT_LANGUAGE }: SpeakerWish): Speaker {
    const chosen = this.choose(requested);
    const speakers =
      requested === undefined ? this.all.filter((each) => each.configured()) : [chosen.provider];
    for (const provider of speakers) {
      const voices = provider.voices();
      const voice =
        voices.find((each) => each.language === language) ??
        voices.find((each) => speaks(each.language, language));
      if (voice !== undefined) return { ...chosen, provider, voice, language };
    }
    throw StudioErrors.UNSUPPORTED_LANGUAGE({ language });
  }
}

/** A voice of many languages speaks English unless told otherwise. */
function spokenBy({ language }: Voice): string {
  return language === 'mul' ? DEFAULT_LANGUAGE : language;
}
