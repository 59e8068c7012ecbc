import { Body, Controller, Get, Post } from '@nestjs/common';
import { Authenticated } from '@eventzr/auth';
import { Group, Route } from '@eventzr/http';
import { LlmErrors } from '../llm-orch.errors.js';
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
        operation: 'inference.complete',
        request: { prompt: 'Generate an event description for a tech conference', maxTokens: 500 },
      },
    },
    readOnly: true,
    errors: [LlmErrors.UNKNOWN_OPERATION, LlmErrors.INVALID_PROMPT, LlmErrors.INVALID_MODEL],
  })
  estimate(@Body() request: EstimateRequest) {
    return this.prices.estimate(request);
  }
}
