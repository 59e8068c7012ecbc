import { Body, Controller, Get, Post } from '@nestjs/common';
import { Authenticated } from '@eventzr/auth';
import { Group, HttpErrors, Route } from '@eventzr/http';
import { POSTER_ERRORS } from '../posters/posters.controller.js';
import { StudioErrors } from '../studio.errors.js';
import { Estimate, EstimateRequest, PriceView } from '@eventzr/wallet-client';
import { PricesService } from './prices.service.js';

@Group('Prices', 'What a request costs, before it is made.')
@Controller()
@Authenticated()
export class PricesController {
  constructor(private readonly prices: PricesService) {}

  @Get('prices')
  @Route({ summary: 'The price table, in credits', answer: [PriceView] })
  list() {
    return this.prices.list();
  }

  @Post('estimates')
  @Route({
    summary: 'Price a request without making it',
    answer: Estimate,
    readOnly: true,
    errors: [
      StudioErrors.UNKNOWN_OPERATION,
      StudioErrors.INVALID_PROMPT,
      StudioErrors.INVALID_DIMENSIONS,
      StudioErrors.UNKNOWN_IMAGE_PROVIDER,
      StudioErrors.INVALID_VIDEO_PROMPT,
      StudioErrors.INVALID_DURATION,
      StudioErrors.UNKNOWN_VIDEO_PROVIDER,
      StudioErrors.INVALID_SCRIPT,
      StudioErrors.UNKNOWN_PRESENTER,
      StudioErrors.UNKNOWN_AVATAR_PROVIDER,
      StudioErrors.UNKNOWN_AVATAR_VOICE,
      StudioErrors.INVALID_BACKGROUND,
      StudioErrors.INVALID_MUSIC_PROMPT,
      StudioErrors.INVALID_MUSIC_DURATION,
      StudioErrors.UNKNOWN_MUSIC_PROVIDER,
      StudioErrors.INVALID_TOPIC,
      StudioErrors.INVALID_SLIDE_COUNT,
      StudioErrors.INVALID_OUTLINE,
      StudioErrors.UNKNOWN_SLIDE_THEME,
      ...POSTER_ERRORS,
      HttpErrors.PROVIDER_NOT_CONFIGURED,
    ],
  })
  estimate(@Body() request: EstimateRequest) {
    return this.prices.estimate(request);
  }
}
