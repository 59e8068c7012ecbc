import { Module } from '@nestjs/common';
import { ImagesModule } from '../images/images.module.js';
import { PricesController } from './prices.controller.js';
import { PricesService } from './prices.service.js';

@Module({ imports: [ImagesModule], controllers: [PricesController], providers: [PricesService] })
export class PricesModule {}
