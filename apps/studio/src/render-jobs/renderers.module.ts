import { Module } from '@nestjs/common';
import { SpeechRenderer } from '../audio/speech-renderer.js';
import { TranscriptRenderer } from '../audio/transcript-renderer.js';
import { AvatarRenderer } from '../avatars/avatar-renderer.js';
import { BrandKitsModule } from '../brand-kits/brand-kits.module.js';
import {
  BackgroundRenderer,
  TransformRenderer,
  VariationRenderer,
} from '../image-edits/image-edit-renderers.js';
import { ImageRenderer } from '../images/image-renderer.js';
import { InputsModule } from '../inputs/inputs.module.js';
import { MusicRenderer } from '../music/music-renderer.js';
import { JobPictures } from '../posters/job-pictures.js';
import { InvitationRenderer, PosterRenderer } from '../posters/poster-renderer.js';
import { PresentationRenderer } from '../presentations/presentation-renderer.js';
import { ProvidersModule } from '../providers.module.js';
import { VideoRenderer } from '../videos/video-renderer.js';
import { ClonedVoicesModule } from '../voice-models/cloned-voices.module.js';
import type { Renderer } from './renderer.js';
import { Renderers } from './renderers.js';

/** Every kind of media that a job can make. */
const RENDERERS = [
  ImageRenderer,
  TransformRenderer,
  BackgroundRenderer,
  VariationRenderer,
  VideoRenderer,
  SpeechRenderer,
  TranscriptRenderer,
  MusicRenderer,
  AvatarRenderer,
  PosterRenderer,
  InvitationRenderer,
  PresentationRenderer,
];

@Module({
  imports: [ProvidersModule, InputsModule, BrandKitsModule, ClonedVoicesModule],
  providers: [
    JobPictures,
    ...RENDERERS,
    {
      provide: Renderers,
      inject: RENDERERS,
      useFactory: (...renderers: Renderer[]) => new Renderers(renderers),
    },
  ],
  exports: [Renderers, SpeechRenderer, TranscriptRenderer],
})
export class RenderersModule {}
