import { Body, Controller, Get, Post } from '@nestjs/common';
import { Authenticated } from '@eventzr/auth';
import { Route } from '@eventzr/http';
import { LlmErrors } from '../llm-orch.errors.js';
import { Estimate, EstimateRequest, PriceView } from '@eventzr/wallet-client';
import { PricesService } from './prices.service.js';

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
    errors: [LlmErrors.UNKNOWN_OPERATION, LlmErrors.INVALID_PROMPT, LlmErrors.INVALID_MODEL],
  })
  estimate(@Body() request: EstimateRequest) {
    return this.prices.estimate(request);
  }
}
