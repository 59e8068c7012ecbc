import { Module } from '@nestjs/common';
import { AudioModule } from '../audio/audio.module.js';
import { ImagesModule } from '../images/images.module.js';
import { PricesController } from './prices.controller.js';
import { PricesService } from './prices.service.js';

@Module({
  imports: [ImagesModule, AudioModule],
  controllers: [PricesController],
  providers: [PricesService],
  exports: [PricesService],
})
export class PricesModule {}
