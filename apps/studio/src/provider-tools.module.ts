import type { OnModuleDestroy } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { PresenterPreviews } from './providers/local/avatar/preview.js';
import { CpuPool } from './providers/local/cpu-pool.js';
import { MediaTools } from './providers/local/media-tools/ffmpeg.js';
import { LocalMusicProvider } from './providers/local/music/local-music-provider.js';
import { MusicEngine } from './providers/local/music/music-engine.js';
import { LocalPosterEngine } from './providers/local/posters/local-poster-engine.js';
import { DeckEngine } from './providers/local/slides/deck-engine.js';
import { LocalSpeechProvider } from './providers/local/speech/local-speech-provider.js';
import { SpeechEngine } from './providers/local/speech/speech-engine.js';
import { TranscriptEngine } from './providers/local/transcript/transcript-engine.js';
import { FilmStudio } from './providers/local/video/film-studio.js';
import { ProviderSoundtrack, Soundtrack } from './providers/local/video/soundtrack.js';

/** A film draws for minutes: on a thread of its own, so that pictures and speech need not wait for it. */
class FilmCpuPool extends CpuPool {}

/** What callers hand in is looked into while they wait: not behind pictures that are being drawn. */
export class InputCpuPool extends CpuPool {}

/** A film's voice and music are always local: they are part of its price. */
function soundtrack(speech: SpeechEngine, music: MusicEngine, tools: MediaTools): Soundtrack {
  return new ProviderSoundtrack(new LocalSpeechProvider(speech, tools), new LocalMusicProvider(music, tools));
}

const onThreads = <T>(Engine: new (cpus: CpuPool) => T) => ({
  provide: Engine,
  inject: [CpuPool],
  useFactory: (cpus: CpuPool) => new Engine(cpus),
});

const onThreadsWithTools = <T>(Engine: new (cpus: CpuPool, tools: MediaTools) => T) => ({
  provide: Engine,
  inject: [CpuPool, MediaTools],
  useFactory: (cpus: CpuPool, tools: MediaTools) => new Engine(cpus, tools),
});

const ENGINES = [
  onThreads(MusicEngine),
  onThreads(DeckEngine),
  onThreads(LocalPosterEngine),
  onThreads(PresenterPreviews),
  onThreadsWithTools(SpeechEngine),
  onThreadsWithTools(TranscriptEngine),
];

/** What makes media on this machine: threads, programs and engines. */
@Module({
  providers: [
    { provide: CpuPool, useFactory: () => new CpuPool() },
    { provide: FilmCpuPool, useFactory: () => new FilmCpuPool({ threads: 1 }) },
    { provide: InputCpuPool, useFactory: () => new InputCpuPool({ threads: 1 }) },
    { provide: MediaTools, useFactory: () => new MediaTools() },
    ...ENGINES,
    {
      provide: FilmStudio,
      inject: [FilmCpuPool, MediaTools],
      useFactory: (cpus: FilmCpuPool, tools: MediaTools) => new FilmStudio(cpus, tools),
    },
    { provide: Soundtrack, inject: [SpeechEngine, MusicEngine, MediaTools], useFactory: soundtrack },
  ],
  exports: [
    CpuPool,
    InputCpuPool,
    MediaTools,
    FilmStudio,
    Soundtrack,
    ...ENGINES.map(({ provide }) => provide),
  ],
})
export class ProviderToolsModule implements OnModuleDestroy {
  constructor(
    private readonly cpus: CpuPool,
    private readonly filmCpus: FilmCpuPool,
    private readonly inputCpus: InputCpuPool,
  ) {}

  /** Ends the threads of the local engines. */
  async onModuleDestroy(): Promise<void> {
    await Promise.all([this.cpus, this.filmCpus, this.inputCpus].map((pool) => pool.close()));
  }
}
