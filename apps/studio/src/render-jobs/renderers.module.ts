import { Module } from '@nestjs/common';
import { AvatarRenderer } from '../avatars/avatar-renderer.js';
import { ImageRenderer } from '../images/image-renderer.js';
import { InputsModule } from '../inputs/inputs.module.js';
import { MusicRenderer } from '../music/music-renderer.js';
import { ProvidersModule } from '../providers.module.js';
import { VideoRenderer } from '../videos/video-renderer.js';
import { Renderers } from './renderers.js';

@Module({
  imports: [ProvidersModule, InputsModule],
  providers: [ImageRenderer, MusicRenderer, VideoRenderer, AvatarRenderer, Renderers],
  exports: [Renderers],
})
export class RenderersModule {}
