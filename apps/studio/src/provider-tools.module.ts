import type { OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { PresenterPreviews } from './providers/local/avatar/preview.js';
import { CpuPool } from './providers/local/cpu-pool.js';
import { LabelEngine } from './providers/local/label/label-engine.js';
import { MediaTools } from './providers/local/media-tools/ffmpeg.js';
import { sweepScratch } from './providers/local/media-tools/scratch.js';
import { OriginEngine } from './providers/local/origin/origin-engine.js';
import { LocalMusicProvider } from './providers/local/music/local-music-provider.js';
import { MusicEngine } from './providers/local/music/music-engine.js';
import { LocalPosterEngine } from './providers/local/posters/local-poster-engine.js';
import { DeckEngine } from './providers/local/slides/deck-engine.js';
import { LocalSpeechProvider } from './providers/local/speech/local-speech-provider.js';
import { SpeechEngine } from './providers/local/speech/speech-engine.js';
import { TranscriptEngine } from './providers/local/transcript/transcript-engine.js';
import { FilmStudio } from './providers/local/video/film-studio.js';
import { FilmThreads } from './providers/local/video/film-threads.js';
import { ProviderSoundtrack, Soundtrack } from './providers/local/video/soundtrack.js';

/** What callers hand in, and what vendors were paid for, is looked into: not behind pictures that are being drawn. */
export class InputCpuPool extends CpuPool {}

/** A film's voice and music are always local: they are part of its price. */
function soundtrack(speech: SpeechEngine, music: MusicEngine, tools: MediaTools): Soundtrack {
  return new ProviderSoundtrack(new LocalSpeechProvider(speech, tools), new LocalMusicProvider(music, tools));
}

const onCpus = <T>(Engine: new (cpus: CpuPool) => T) => ({
  provide: Engine,
  inject: [CpuPool],
  useFactory: (cpus: CpuPool) => new Engine(cpus),
});

const onCpusWithTools = <T>(Engine: new (cpus: CpuPool, tools: MediaTools) => T) => ({
  provide: Engine,
  inject: [CpuPool, MediaTools],
  useFactory: (cpus: CpuPool, tools: MediaTools) => new Engine(cpus, tools),
});

const ENGINES = [
  onCpus(MusicEngine),
  onCpus(DeckEngine),
  onCpus(LocalPosterEngine),
  onCpus(PresenterPreviews),
  onCpusWithTools(LabelEngine),
  onCpusWithTools(SpeechEngine),
  onCpusWithTools(TranscriptEngine),
];

/** What makes media on this machine: processes, programs and engines. */
@Module({
  providers: [
    { provide: CpuPool, useFactory: () => new CpuPool() },
    { provide: InputCpuPool, useFactory: () => new InputCpuPool({ processes: 1 }) },
    { provide: FilmThreads, useFactory: () => new FilmThreads() },
    { provide: MediaTools, useFactory: () => new MediaTools() },
    ...ENGINES,
    {
      provide: OriginEngine,
      inject: [InputCpuPool],
      useFactory: (cpus: InputCpuPool) => new OriginEngine(cpus),
    },
    {
      provide: FilmStudio,
      inject: [FilmThreads, MediaTools],
      useFactory: (threads: FilmThreads, tools: MediaTools) => new FilmStudio(threads, tools),
    },
    { provide: Soundtrack, inject: [SpeechEngine, MusicEngine, MediaTools], useFactory: soundtrack },
  ],
  exports: [
    CpuPool,
    InputCpuPool,
    OriginEngine,
    MediaTools,
    FilmStudio,
    Soundtrack,
    ...ENGINES.map(({ provide }) => provide),
  ],
})
export class ProviderToolsModule implements OnModuleInit, OnModuleDestroy {
  constructor(
    private readonly cpus: CpuPool,
    private readonly inputCpus: InputCpuPool,
    private readonly films: FilmThreads,
  ) {}

  /** What processes that were killed had under way is of no use to anybody. */
  async onModuleInit(): Promise<void> {
    await sweepScratch();
  }

  /** Ends the processes and threads of the local engines. */
  async onModuleDestroy(): Promise<void> {
    this.cpus.close();
    this.inputCpus.close();
    await this.films.close();
  }
}
