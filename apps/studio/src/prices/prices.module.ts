import { Module } from '@nestjs/common';
import { Credits } from '@eventzr/wallet-client';
import { AudioModule } from '../audio/audio.module.js';
import { SpeechService } from '../audio/speech.service.js';
import { TranscriptsService } from '../audio/transcripts.service.js';
import { AvatarsModule } from '../avatars/avatars.module.js';
import { AvatarsService } from '../avatars/avatars.service.js';
import { ImageEditsModule } from '../image-edits/image-edits.module.js';
import {
  BackgroundsService,
  TransformsService,
  VariationsService,
} from '../image-edits/image-edits.service.js';
import { ImagesModule } from '../images/images.module.js';
import { ImagesService } from '../images/images.service.js';
import { MusicModule } from '../music/music.module.js';
import { MusicService } from '../music/music.service.js';
import { PostersModule } from '../posters/posters.module.js';
import { InvitationsService, PostersService } from '../posters/posters.service.js';
import { PresentationsModule } from '../presentations/presentations.module.js';
import { PresentationsService } from '../presentations/presentations.service.js';
import { VideosModule } from '../videos/videos.module.js';
import { VideosService } from '../videos/videos.service.js';
import type { PricedOperation } from './priced-operation.js';
import { PricesController } from './prices.controller.js';
import { PricesService } from './prices.service.js';

/** Everything that studio sells. */
const OPERATIONS = [
  ImagesService,
  TransformsService,
  BackgroundsService,
  VariationsService,
  VideosService,
  SpeechService,
  TranscriptsService,
  MusicService,
  AvatarsService,
  PostersService,
  InvitationsService,
  PresentationsService,
];

@Module({
  imports: [
    ImagesModule,
    ImageEditsModule,
    VideosModule,
    AudioModule,
    MusicModule,
    AvatarsModule,
    PostersModule,
    PresentationsModule,
  ],
  controllers: [PricesController],
  providers: [
    {
      provide: PricesService,
      inject: [Credits, ...OPERATIONS],
      useFactory: (credits: Credits, ...operations: PricedOperation[]) =>
        new PricesService(credits, operations),
    },
  ],
  exports: [PricesService],
})
export class PricesModule {}
