import { Module } from '@nestjs/common';
import { ImageEditsModule } from '../image-edits/image-edits.module.js';
import { AudioModule } from '../audio/audio.module.js';
import { ImagesModule } from '../images/images.module.js';
import { MusicModule } from '../music/music.module.js';
import { PresentationsModule } from '../presentations/presentations.module.js';
import { AvatarsModule } from '../avatars/avatars.module.js';
import { ImagesModule } from '../images/images.module.js';
import { MusicModule } from '../music/music.module.js';
import { VideosModule } from '../videos/videos.module.js';
import { PostersModule } from '../posters/posters.module.js';
import { PricesController } from './prices.controller.js';
import { PricesService } from './prices.service.js';

@Module({
  imports: [ImagesModule, ImageEditsModule],
  imports: [ImagesModule, MusicModule, PresentationsModule],
  imports: [ImagesModule, MusicModule, VideosModule, AvatarsModule],
  controllers: [PricesController],
  providers: [PricesService],
  imports: [ImagesModule, AudioModule],
  controllers: [PricesController],
  providers: [PricesService],
  exports: [PricesService],
  imports: [ImagesModule, PostersModule],
  controllers: [PricesController],
  providers: [PricesService],
})
export class PricesModule {}
