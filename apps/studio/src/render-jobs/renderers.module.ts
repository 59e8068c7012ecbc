import { Module } from '@nestjs/common';
import { ImageRenderer } from '../images/image-renderer.js';
import { BrandKitsModule } from '../brand-kits/brand-kits.module.js';
import { InputsModule } from '../inputs/inputs.module.js';
import { InvitationRenderer, PosterRenderer } from '../posters/poster-renderer.js';
import { ProvidersModule } from '../providers.module.js';
import { Renderers } from './renderers.js';

@Module({
  imports: [BrandKitsModule, InputsModule, ProvidersModule],
  providers: [ImageRenderer, PosterRenderer, InvitationRenderer, Renderers],
  exports: [Renderers],
})
export class RenderersModule {}
