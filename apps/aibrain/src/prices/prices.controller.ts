import { Body, Controller, Get, Post } from '@nestjs/common';
import { Authenticated } from '@eventzr/auth';
import { Group, Route } from '@eventzr/http';
import { AiBrainErrors } from '../aibrain.errors.js';
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
    examples: {
      request: {
        operation: 'orchestrate.single',
        request: { prompt: 'Plan a corporate team-building event for 50 people' },
      },
    },
    readOnly: true,
    errors: [
      AiBrainErrors.UNKNOWN_OPERATION,
      AiBrainErrors.INVALID_PROMPT,
      AiBrainErrors.CONTEXT_TOO_LARGE,
      AiBrainErrors.UNSUPPORTED_SPEECH_LANGUAGE,
      AiBrainErrors.UNKNOWN_VOICE,
      AiBrainErrors.CONVERSATION_NOT_FOUND,
      AiBrainErrors.CONVERSATION_LOCKED,
      AiBrainErrors.MAX_TURNS_EXCEEDED,
    ],
  })
  estimate(@Body() request: EstimateRequest) {
    return this.prices.estimate(request);
  }
}
