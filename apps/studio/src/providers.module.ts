import type { OnModuleDestroy } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { StudioConfig } from './config.js';
import { ImageEditProviders } from './providers/image-edit-providers.js';
import { AvatarProviders } from './providers/avatar-providers.js';
import { PollySpeechProvider } from './providers/aws-polly/polly-speech-provider.js';
import { ElevenLabsSpeechProvider } from './providers/elevenlabs/elevenlabs-speech-provider.js';
import { ElevenLabsTranscriptProvider } from './providers/elevenlabs/elevenlabs-transcript-provider.js';
import { ImageProviders } from './providers/image-providers.js';
import { LocalAvatarProvider } from './providers/local/avatar/local-avatar-provider.js';
import { PresenterPreviews } from './providers/local/avatar/preview.js';
import { CpuPool } from './providers/local/cpu-pool.js';
import { LocalImageEditProvider } from './providers/local/edits/local-image-edit-provider.js';
import { LocalImageProvider } from './providers/local/images/local-image-provider.js';
import { MediaTools } from './providers/local/media-tools/ffmpeg.js';
import { LocalMusicProvider } from './providers/local/music/local-music-provider.js';
import { MusicEngine } from './providers/local/music/music-engine.js';
import { DeckEngine } from './providers/local/slides/deck-engine.js';
import { LocalSpeechProvider } from './providers/local/speech/local-speech-provider.js';
import { SpeechEngine } from './providers/local/speech/speech-engine.js';
import { FilmStudio } from './providers/local/video/film-studio.js';
import { LocalVideoProvider } from './providers/local/video/local-video-provider.js';
import { ProviderSoundtrack, Soundtrack } from './providers/local/video/soundtrack.js';
import { MusicProviders } from './providers/music-providers.js';
import { LocalPosterEngine } from './providers/local/posters/local-poster-engine.js';
import type { ListedRegistry } from './providers/provider-catalogue.js';
import { ProviderCatalogue } from './providers/provider-catalogue.js';
import { OpenAiImageProvider } from './providers/openai/openai-image-provider.js';
import { VideoProviders } from './providers/video-providers.js';
import { LocalSpeechProvider } from './providers/local/speech/local-speech-provider.js';
import { SpeechEngine } from './providers/local/speech/speech-engine.js';
import { LocalTranscriptProvider } from './providers/local/transcript/local-transcript-provider.js';
import { TranscriptEngine } from './providers/local/transcript/transcript-engine.js';
import { OpenAiImageProvider } from './providers/openai/openai-image-provider.js';
import { OpenAiSpeechProvider } from './providers/openai/openai-speech-provider.js';
import { OpenAiTranscriptProvider } from './providers/openai/openai-transcript-provider.js';
import { SpeechProviders } from './providers/speech-providers.js';
import { TranscriptProviders } from './providers/transcript-providers.js';
import { imageVendors } from './providers/vendor-adapters.js';

/** The vendors' adapters in order of preference, then the one that needs none. */
function imageProviders(config: StudioConfig, cpus: CpuPool): ImageProviders {
  return new ImageProviders(
    imageVendors(config),
    new LocalImageProvider(cpus),
    config.localFallback === 'on',
  );
}

/** The vendors' adapters in order of preference, then the one that needs none. */
function imageEditProviders(config: StudioConfig, cpus: CpuPool): ImageEditProviders {
  return new ImageEditProviders([], new LocalImageEditProvider(cpus), config.localFallback === 'on');
/** Vendors' adapters come first once they are there. */
function musicProviders(config: StudioConfig, engine: MusicEngine, tools: MediaTools): MusicProviders {
  return new MusicProviders([], new LocalMusicProvider(engine, tools), config.localFallback === 'on');
}

/** A film's voice and music are always local: they are part of its price. */
function soundtrack(speech: SpeechEngine, music: MusicEngine, tools: MediaTools): Soundtrack {
  return new ProviderSoundtrack(new LocalSpeechProvider(speech, tools), new LocalMusicProvider(music, tools));
}

/** Vendors' adapters come first once they are there. */
function videoProviders(
  config: StudioConfig,
  studio: FilmStudio,
  tools: MediaTools,
  sounds: Soundtrack,
): VideoProviders {
  const local = new LocalVideoProvider({ studio, tools, soundtrack: sounds });
  return new VideoProviders([], local, config.localFallback === 'on');
}

/** Vendors' adapters come first once they are there. */
function avatarProviders(
  config: StudioConfig,
  studio: FilmStudio,
  tools: MediaTools,
  speech: SpeechEngine,
): AvatarProviders {
  const local = new LocalAvatarProvider({ studio, tools, speech });
  return new AvatarProviders([], local, config.localFallback === 'on');
}

/** A film draws for minutes: on a thread of its own, so that pictures and speech need not wait for it. */
class FilmCpuPool extends CpuPool {}

function elevenLabsAccess(config: StudioConfig) {
  const { elevenlabsApiKey: apiKey, elevenlabsBaseUrl: baseUrl, audioTimeoutMs: timeoutMs } = config;
  return { apiKey, baseUrl, timeoutMs };
}

function openAiAudioAccess(config: StudioConfig) {
  const { openaiApiKey: apiKey, openaiBaseUrl: baseUrl, audioTimeoutMs: timeoutMs } = config;
  return { apiKey, baseUrl, timeoutMs };
}

function speechProviders(config: StudioConfig, engine: SpeechEngine, tools: MediaTools): SpeechProviders {
  const local = new LocalSpeechProvider(engine, tools);
  const elevenlabs = new ElevenLabsSpeechProvider({
    ...elevenLabsAccess(config),
    model: config.elevenlabsSpeechModel,
    tools,
  });
  const openai = new OpenAiSpeechProvider({
    ...openAiAudioAccess(config),
    model: config.openaiSpeechModel,
    tools,
  });
  const polly = new PollySpeechProvider({
    region: config.pollyRegion,
    accessKeyId: config.pollyAccessKeyId,
    secretAccessKey: config.pollySecretAccessKey,
    engine: config.pollyEngine,
    timeoutMs: config.audioTimeoutMs,
    tools,
  });
  return new SpeechProviders([elevenlabs, openai, polly], local, config.localFallback === 'on');
}

function transcriptProviders(config: StudioConfig, engine: TranscriptEngine): TranscriptProviders {
  const local = new LocalTranscriptProvider(engine);
  const elevenlabs = new ElevenLabsTranscriptProvider({
    ...elevenLabsAccess(config),
    model: config.elevenlabsTranscriptModel,
  });
  const openai = new OpenAiTranscriptProvider({
    ...openAiAudioAccess(config),
    model: config.openaiTranscriptModel,
  });
  return new TranscriptProviders([elevenlabs, openai], local, config.localFallback === 'on');
}

/** Builds the adapters from the environment. */
@Module({
  providers: [
    { provide: CpuPool, useFactory: () => new CpuPool() },
    { provide: MediaTools, useFactory: () => new MediaTools() },
    { provide: MusicEngine, inject: [CpuPool], useFactory: (cpus: CpuPool) => new MusicEngine(cpus) },
    { provide: DeckEngine, inject: [CpuPool], useFactory: (cpus: CpuPool) => new DeckEngine(cpus) },
    {
      provide: MusicProviders,
      inject: [StudioConfig, MusicEngine, MediaTools],
      useFactory: musicProviders,
    },
    {
      provide: SpeechEngine,
      inject: [CpuPool, MediaTools],
      useFactory: (cpus: CpuPool, tools: MediaTools) => new SpeechEngine(cpus, tools),
    },
    { provide: FilmCpuPool, useFactory: () => new FilmCpuPool({ threads: 1 }) },
    {
      provide: FilmStudio,
      inject: [FilmCpuPool, MediaTools],
      useFactory: (cpus: FilmCpuPool, tools: MediaTools) => new FilmStudio(cpus, tools),
    },
    { provide: Soundtrack, inject: [SpeechEngine, MusicEngine, MediaTools], useFactory: soundtrack },
    {
      provide: VideoProviders,
      inject: [StudioConfig, FilmStudio, MediaTools, Soundtrack],
      useFactory: videoProviders,
    },
    {
      provide: AvatarProviders,
      inject: [StudioConfig, FilmStudio, MediaTools, SpeechEngine],
      useFactory: avatarProviders,
    },
    {
      provide: PresenterPreviews,
      inject: [CpuPool],
      useFactory: (cpus: CpuPool) => new PresenterPreviews(cpus),
    },
    { provide: ImageProviders, inject: [StudioConfig, CpuPool], useFactory: imageProviders },
    { provide: ImageEditProviders, inject: [StudioConfig, CpuPool], useFactory: imageEditProviders },
  ],
  exports: [CpuPool, ImageProviders, ImageEditProviders],
  exports: [CpuPool, DeckEngine, ImageProviders, MediaTools, MusicEngine, MusicProviders],
  exports: [
    AvatarProviders,
    CpuPool,
    ImageProviders,
    MediaTools,
    MusicEngine,
    MusicProviders,
    PresenterPreviews,
    SpeechEngine,
    VideoProviders,
  ],
    { provide: MediaTools, useFactory: () => new MediaTools() },
    {
      provide: SpeechEngine,
      inject: [CpuPool, MediaTools],
      useFactory: (cpus: CpuPool, tools: MediaTools) => new SpeechEngine(cpus, tools),
    },
    {
      provide: TranscriptEngine,
      inject: [CpuPool, MediaTools],
      useFactory: (cpus: CpuPool, tools: MediaTools) => new TranscriptEngine(cpus, tools),
    },
    {
      provide: SpeechProviders,
      inject: [StudioConfig, SpeechEngine, MediaTools],
      useFactory: speechProviders,
    },
    {
      provide: TranscriptProviders,
      inject: [StudioConfig, TranscriptEngine],
      useFactory: transcriptProviders,
    },
  ],
  exports: [CpuPool, ImageProviders, MediaTools, SpeechEngine, SpeechProviders, TranscriptProviders],
    {
      provide: LocalPosterEngine,
      inject: [CpuPool],
      useFactory: (cpus: CpuPool) => new LocalPosterEngine(cpus),
    },
  ],
  exports: [CpuPool, ImageProviders, LocalPosterEngine],
    {
      provide: ProviderCatalogue,
      inject: [ImageProviders],
      useFactory: (...registries: ListedRegistry[]) => new ProviderCatalogue(registries),
    },
  ],
  exports: [CpuPool, ProviderCatalogue, ImageProviders],
})
export class ProvidersModule implements OnModuleDestroy {
  constructor(
    private readonly cpus: CpuPool,
    private readonly filmCpus: FilmCpuPool,
  ) {}

  /** Ends the threads of the local engines. */
  async onModuleDestroy(): Promise<void> {
    await Promise.all([this.cpus.close(), this.filmCpus.close()]);
  }
}
