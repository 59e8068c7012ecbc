import { Module } from '@nestjs/common';
import { ImageRenderer } from '../images/image-renderer.js';
import { ProvidersModule } from '../providers.module.js';
import { Renderers } from './renderers.js';

@Module({ imports: [ProvidersModule], providers: [ImageRenderer, Renderers], exports: [Renderers] })
export class RenderersModule {}
