import { Module } from '@nestjs/common';
import { StudioConfig } from './config.js';
import { ProviderToolsModule } from './provider-tools.module.js';
import { AvatarProviders } from './providers/avatar-providers.js';
import { ImageEditProviders } from './providers/image-edit-providers.js';
import { ElevenLabsVoiceCloner } from './providers/elevenlabs/elevenlabs-voice-cloner.js';
import { ImageProviders } from './providers/image-providers.js';
import { LocalAvatarProvider } from './providers/local/avatar/local-avatar-provider.js';
import { CpuPool } from './providers/local/cpu-pool.js';
import { LocalImageEditProvider } from './providers/local/edits/local-image-edit-provider.js';
import { LocalImageProvider } from './providers/local/images/local-image-provider.js';
import { MediaTools } from './providers/local/media-tools/ffmpeg.js';
import { LocalMusicProvider } from './providers/local/music/local-music-provider.js';
import { MusicEngine } from './providers/local/music/music-engine.js';
import { LocalSpeechProvider } from './providers/local/speech/local-speech-provider.js';
import { SpeechEngine } from './providers/local/speech/speech-engine.js';
import { LocalTranscriptProvider } from './providers/local/transcript/local-transcript-provider.js';
import { TranscriptEngine } from './providers/local/transcript/transcript-engine.js';
import { FilmStudio } from './providers/local/video/film-studio.js';
import { LocalVideoProvider } from './providers/local/video/local-video-provider.js';
import { Soundtrack } from './providers/local/video/soundtrack.js';
import { MusicProviders } from './providers/music-providers.js';
import type { ListedRegistry } from './providers/provider-catalogue.js';
import { ProviderCatalogue } from './providers/provider-catalogue.js';
import { SpeechProviders } from './providers/speech-providers.js';
import { TranscriptProviders } from './providers/transcript-providers.js';
import {
  avatarVendors,
  elevenLabsAudio,
  imageEditVendors,
  imageVendors,
  musicVendors,
  speechVendors,
  transcriptVendors,
  videoVendors,
} from './providers/vendor-adapters.js';
import { VideoProviders } from './providers/video-providers.js';

const standsIn = ({ localFallback }: StudioConfig) => localFallback === 'on';

function images(config: StudioConfig, cpus: CpuPool): ImageProviders {
  return new ImageProviders(imageVendors(config), new LocalImageProvider(cpus), standsIn(config));
}

function imageEdits(config: StudioConfig, cpus: CpuPool): ImageEditProviders {
  return new ImageEditProviders(imageEditVendors(config), new LocalImageEditProvider(cpus), standsIn(config));
}

function videos(config: StudioConfig, studio: FilmStudio, tools: MediaTools, sounds: Soundtrack) {
  const local = new LocalVideoProvider({ studio, tools, soundtrack: sounds });
  return new VideoProviders(videoVendors(config), local, standsIn(config));
}

function avatars(config: StudioConfig, studio: FilmStudio, tools: MediaTools, speech: SpeechEngine) {
  const local = new LocalAvatarProvider({ studio, tools, speech });
  return new AvatarProviders(avatarVendors(config), local, standsIn(config));
}

function music(config: StudioConfig, engine: MusicEngine, tools: MediaTools): MusicProviders {
  return new MusicProviders(musicVendors(config), new LocalMusicProvider(engine, tools), standsIn(config));
}

function speech(config: StudioConfig, engine: SpeechEngine, tools: MediaTools): SpeechProviders {
  const local = new LocalSpeechProvider(engine, tools);
  return new SpeechProviders(speechVendors(config, tools), local, standsIn(config));
}

function transcripts(config: StudioConfig, engine: TranscriptEngine): TranscriptProviders {
  const local = new LocalTranscriptProvider(engine);
  return new TranscriptProviders(transcriptVendors(config), local, standsIn(config));
}

const REGISTRIES = [
  { provide: ImageProviders, inject: [StudioConfig, CpuPool], useFactory: images },
  { provide: ImageEditProviders, inject: [StudioConfig, CpuPool], useFactory: imageEdits },
  { provide: VideoProviders, inject: [StudioConfig, FilmStudio, MediaTools, Soundtrack], useFactory: videos },
  {
    provide: AvatarProviders,
    inject: [StudioConfig, FilmStudio, MediaTools, SpeechEngine],
    useFactory: avatars,
  },
  { provide: MusicProviders, inject: [StudioConfig, MusicEngine, MediaTools], useFactory: music },
  { provide: SpeechProviders, inject: [StudioConfig, SpeechEngine, MediaTools], useFactory: speech },
  { provide: TranscriptProviders, inject: [StudioConfig, TranscriptEngine], useFactory: transcripts },
];

/** Who makes each kind of media: the vendors' adapters in order of preference, then the engine that needs none. */
@Module({
  imports: [ProviderToolsModule],
  providers: [
    ...REGISTRIES,
    {
      provide: ElevenLabsVoiceCloner,
      inject: [StudioConfig],
      useFactory: (config: StudioConfig) => new ElevenLabsVoiceCloner(elevenLabsAudio(config)),
    },
    {
      provide: ProviderCatalogue,
      inject: REGISTRIES.map(({ provide }) => provide),
      useFactory: (...registries: ListedRegistry[]) => new ProviderCatalogue(registries),
    },
  ],
  exports: [
    ProviderToolsModule,
    ProviderCatalogue,
    ElevenLabsVoiceCloner,
    ...REGISTRIES.map(({ provide }) => provide),
  ],
})
export class ProvidersModule {}
