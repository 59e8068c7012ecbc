import type { OnModuleDestroy } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { StudioConfig } from './config.js';
import { PollySpeechProvider } from './providers/aws-polly/polly-speech-provider.js';
import { ElevenLabsSpeechProvider } from './providers/elevenlabs/elevenlabs-speech-provider.js';
import { ElevenLabsTranscriptProvider } from './providers/elevenlabs/elevenlabs-transcript-provider.js';
import { ElevenLabsVoiceCloner } from './providers/elevenlabs/elevenlabs-voice-cloner.js';
import { ImageProviders } from './providers/image-providers.js';
import { CpuPool } from './providers/local/cpu-pool.js';
import { LocalImageProvider } from './providers/local/images/local-image-provider.js';
import { MediaTools } from './providers/local/media-tools/ffmpeg.js';
import { LocalSpeechProvider } from './providers/local/speech/local-speech-provider.js';
import { SpeechEngine } from './providers/local/speech/speech-engine.js';
import { LocalTranscriptProvider } from './providers/local/transcript/local-transcript-provider.js';
import { TranscriptEngine } from './providers/local/transcript/transcript-engine.js';
import { OpenAiImageProvider } from './providers/openai/openai-image-provider.js';
import { OpenAiSpeechProvider } from './providers/openai/openai-speech-provider.js';
import { OpenAiTranscriptProvider } from './providers/openai/openai-transcript-provider.js';
import { SpeechProviders } from './providers/speech-providers.js';
import { TranscriptProviders } from './providers/transcript-providers.js';

/** The vendors' adapters in order of preference, then the one that needs none. */
function imageProviders(config: StudioConfig, cpus: CpuPool): ImageProviders {
  const openai = new OpenAiImageProvider({
    apiKey: config.openaiApiKey,
    baseUrl: config.openaiBaseUrl,
    model: config.openaiImageModel,
    timeoutMs: config.imageTimeoutMs,
  });
  return new ImageProviders([openai], new LocalImageProvider(cpus), config.localFallback === 'on');
}

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
    { provide: ImageProviders, inject: [StudioConfig, CpuPool], useFactory: imageProviders },
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
      provide: ElevenLabsVoiceCloner,
      inject: [StudioConfig],
      useFactory: (config: StudioConfig) => new ElevenLabsVoiceCloner(elevenLabsAccess(config)),
    },
    {
      provide: TranscriptProviders,
      inject: [StudioConfig, TranscriptEngine],
      useFactory: transcriptProviders,
    },
  ],
  exports: [
    CpuPool,
    ImageProviders,
    MediaTools,
    SpeechEngine,
    SpeechProviders,
    TranscriptProviders,
    ElevenLabsVoiceCloner,
  ],
})
export class ProvidersModule implements OnModuleDestroy {
  constructor(private readonly cpus: CpuPool) {}

  /** Ends the threads of the local engines. */
  async onModuleDestroy(): Promise<void> {
    await this.cpus.close();
  }
}
