import { Module } from '@nestjs/common';
import { ProvidersModule } from '../providers.module.js';
import { CatalogueController } from './catalogue.controller.js';
import { CatalogueService } from './catalogue.service.js';

@Module({ imports: [ProvidersModule], controllers: [CatalogueController], providers: [CatalogueService] })
export class CatalogueModule {}
