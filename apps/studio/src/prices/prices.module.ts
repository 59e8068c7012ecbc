import { Module } from '@nestjs/common';
import { ImageEditsModule } from '../image-edits/image-edits.module.js';
import { ImagesModule } from '../images/images.module.js';
import { PricesController } from './prices.controller.js';
import { PricesService } from './prices.service.js';

@Module({
  imports: [ImagesModule, ImageEditsModule],
  controllers: [PricesController],
  providers: [PricesService],
})
export class PricesModule {}
