import { Module } from '@nestjs/common';
import { SpeechRenderer } from '../audio/speech-renderer.js';
import { TranscriptRenderer } from '../audio/transcript-renderer.js';
import { ImageRenderer } from '../images/image-renderer.js';
import { InputsModule } from '../inputs/inputs.module.js';
import { ProvidersModule } from '../providers.module.js';
import { Renderers } from './renderers.js';

@Module({
  imports: [ProvidersModule, InputsModule],
  providers: [ImageRenderer, SpeechRenderer, TranscriptRenderer, Renderers],
  exports: [Renderers, SpeechRenderer, TranscriptRenderer],
})
export class RenderersModule {}
