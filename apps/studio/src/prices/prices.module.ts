import { Module } from '@nestjs/common';
import { ImageEditsModule } from '../image-edits/image-edits.module.js';
import { ImagesModule } from '../images/images.module.js';
import { MusicModule } from '../music/music.module.js';
import { PresentationsModule } from '../presentations/presentations.module.js';
import { PricesController } from './prices.controller.js';
import { PricesService } from './prices.service.js';

@Module({
  imports: [ImagesModule, ImageEditsModule],
  imports: [ImagesModule, MusicModule, PresentationsModule],
  controllers: [PricesController],
  providers: [PricesService],
})
export class PricesModule {}
