import { Injectable } from '@nestjs/common';
import { validated } from '@eventzr/http';
import type { Estimate, EstimateRequest, PriceView } from '@eventzr/wallet-client';
import { Credits, priceTable } from '@eventzr/wallet-client';
import {
  BackgroundsService,
  TransformsService,
  VariationsService,
} from '../image-edits/image-edits.service.js';
import { AvatarsService } from '../avatars/avatars.service.js';
import { SpeechService } from '../audio/speech.service.js';
import { TranscriptsService } from '../audio/transcripts.service.js';
import { ImagesService } from '../images/images.service.js';
import { MusicService } from '../music/music.service.js';
import { PresentationsService } from '../presentations/presentations.service.js';
import { InvitationsService, PostersService } from '../posters/posters.service.js';
import { StudioErrors } from '../studio.errors.js';
import { VideosService } from '../videos/videos.service.js';
import type { PricedOperation } from './priced-operation.js';
import type { PricedOperation, Quote } from './priced-operation.js';

const MICROS_PER_USD = 1_000_000;

/** What an operation will take, before it is asked for. */
@Injectable()
export class PricesService {
  private readonly operations: readonly PricedOperation[];

  constructor(
    private readonly credits: Credits,
    images: ImagesService,
    transforms: TransformsService,
    backgrounds: BackgroundsService,
    variations: VariationsService,
  ) {
    this.operations = [images, transforms, backgrounds, variations];
    music: MusicService,
    presentations: PresentationsService,
  ) {
    this.operations = [images, music, presentations];
    music: MusicService,
    videos: VideosService,
    avatars: AvatarsService,
  ) {
    this.operations = [images, music, videos, avatars] as PricedOperation[];
    speech: SpeechService,
    transcripts: TranscriptsService,
  ) {
    this.operations = [images, speech, transcripts] as PricedOperation[];
    posters: PostersService,
    invitations: InvitationsService,
  ) {
    this.operations = [images, posters, invitations];
  }

  list(): PriceView[] {
    const offered = new Set(this.operations.map(({ operation }) => operation));
    return priceTable('studio').filter(({ operation }) => offered.has(operation));
  }

  async estimate({ operation, request }: EstimateRequest): Promise<Estimate> {
    const { credits, maxCostMicroUsd, lines } = await this.quote(operation, request);
    const { wallet, sufficient } = await this.credits.quote(credits);
    const maxCostUsd = maxCostMicroUsd / MICROS_PER_USD;
    return { credits, maxCostUsd, lines: [...lines], wallet, sufficient };
  }

  /** @throws UNKNOWN_OPERATION 400, and what the operation's own route would answer to a bad request */
  async quote(operation: string, request: object): Promise<Quote> {
    const priced = this.operations.find((each) => each.operation === operation);
    if (priced === undefined) throw StudioErrors.UNKNOWN_OPERATION({ operation });
    return priced.quote(validated(priced.body, request));
  }
}
