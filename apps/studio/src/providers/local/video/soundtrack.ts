import type { MadeMedia, MediaRequest, PendingTask } from '../../media-provider.js';
import { PendingTask as Pending } from '../../media-provider.js';
import type { MusicProvider } from '../../music-provider.js';
import { ProviderFault } from '../../provider-fault.js';
import type { SpeechProvider } from '../../speech-provider.js';

/** A sound to be laid under pictures. */
export interface Sound {
  readonly bytes: Buffer;
  readonly durationMs: number;
  /** What the engine says about it. */
  readonly limits: readonly string[];
}

/** What is known about the film that needs a sound. */
export interface SoundWish extends Pick<MediaRequest, 'idempotencyKey' | 'seed'> {
  readonly signal: AbortSignal;
}

/** Where the voice and the music of a film come from. */
export abstract class Soundtrack {
  /** @param speed 1 is natural */
  abstract speak(text: string, speed: number, wish: SoundWish): Promise<Sound>;
  abstract accompany(prompt: string, durationSeconds: number, wish: SoundWish): Promise<Sound>;
}

/** Music providers make no track shorter than this. */
const SHORTEST_TRACK_SECONDS = 10;

/** Speech and music of providers that finish in one answer, as the local ones do. */
export class ProviderSoundtrack extends Soundtrack {
  constructor(
    private readonly speech: SpeechProvider,
    private readonly music: MusicProvider,
  ) {
    super();
  }

  async speak(text: string, speed: number, { signal, ...wish }: SoundWish): Promise<Sound> {
    const voice = this.speech.voices()[0];
    if (voice === undefined)
      throw new ProviderFault({ provider: 'local', kind: 'unavailable', message: 'there is no voice' });
    const { id, language } = voice;
    const request = { ...wish, text, language, voice: id, format: 'wav', speed } as const;
    return soundOf(await this.speech.generate(request, { signal }));
  }

  async accompany(prompt: string, durationSeconds: number, { signal, ...wish }: SoundWish): Promise<Sound> {
    const length = Math.max(SHORTEST_TRACK_SECONDS, Math.ceil(durationSeconds));
    const request = { ...wish, prompt, durationSeconds: length, instrumental: true, format: 'wav' } as const;
    return soundOf(await this.music.generate(request, { signal }));
  }
}

function soundOf(made: (MadeMedia & { readonly durationMs: number }) | PendingTask): Sound {
  if (!(made instanceof Pending)) return made;
  const message = 'the sound is not made in one go';
  throw new ProviderFault({ provider: 'local', kind: 'unavailable', message });
}
