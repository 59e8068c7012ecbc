import { Module } from '@nestjs/common';
import {
  BackgroundRenderer,
  TransformRenderer,
  VariationRenderer,
} from '../image-edits/image-edit-renderers.js';
import { AvatarRenderer } from '../avatars/avatar-renderer.js';
import { ImageRenderer } from '../images/image-renderer.js';
import { InputsModule } from '../inputs/inputs.module.js';
import { MusicRenderer } from '../music/music-renderer.js';
import { PresentationRenderer } from '../presentations/presentation-renderer.js';
import { SpeechRenderer } from '../audio/speech-renderer.js';
import { TranscriptRenderer } from '../audio/transcript-renderer.js';
import { ImageRenderer } from '../images/image-renderer.js';
import { InputsModule } from '../inputs/inputs.module.js';
import { BrandKitsModule } from '../brand-kits/brand-kits.module.js';
import { InputsModule } from '../inputs/inputs.module.js';
import { InvitationRenderer, PosterRenderer } from '../posters/poster-renderer.js';
import { ProvidersModule } from '../providers.module.js';
import { InputsModule } from '../inputs/inputs.module.js';
import { VideoRenderer } from '../videos/video-renderer.js';
import { Renderers } from './renderers.js';

@Module({
  imports: [ProvidersModule, InputsModule],
  providers: [ImageRenderer, TransformRenderer, BackgroundRenderer, VariationRenderer, Renderers],
  imports: [ProvidersModule],
  providers: [ImageRenderer, MusicRenderer, PresentationRenderer, Renderers],
  providers: [ImageRenderer, MusicRenderer, VideoRenderer, AvatarRenderer, Renderers],
  exports: [Renderers],
  providers: [ImageRenderer, SpeechRenderer, TranscriptRenderer, Renderers],
  exports: [Renderers, SpeechRenderer, TranscriptRenderer],
  imports: [BrandKitsModule, InputsModule, ProvidersModule],
  providers: [ImageRenderer, PosterRenderer, InvitationRenderer, Renderers],
  exports: [Renderers],
})
export class RenderersModule {}
