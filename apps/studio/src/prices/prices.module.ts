import { Module } from '@nestjs/common';
import { ImagesModule } from '../images/images.module.js';
import { MusicModule } from '../music/music.module.js';
import { PricesController } from './prices.controller.js';
import { PricesService } from './prices.service.js';

@Module({ imports: [ImagesModule, MusicModule], controllers: [PricesController], providers: [PricesService] })
export class PricesModule {}
