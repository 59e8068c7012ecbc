import { Module } from '@nestjs/common';
import { ImagesModule } from '../images/images.module.js';
import { PostersModule } from '../posters/posters.module.js';
import { PricesController } from './prices.controller.js';
import { PricesService } from './prices.service.js';

@Module({
  imports: [ImagesModule, PostersModule],
  controllers: [PricesController],
  providers: [PricesService],
})
export class PricesModule {}
