import { Module } from '@nestjs/common';
import { ImageRenderer } from '../images/image-renderer.js';
import { MusicRenderer } from '../music/music-renderer.js';
import { ProvidersModule } from '../providers.module.js';
import { Renderers } from './renderers.js';

@Module({
  imports: [ProvidersModule],
  providers: [ImageRenderer, MusicRenderer, Renderers],
  exports: [Renderers],
})
export class RenderersModule {}
