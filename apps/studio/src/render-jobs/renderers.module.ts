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
})
export class RenderersModule {}
