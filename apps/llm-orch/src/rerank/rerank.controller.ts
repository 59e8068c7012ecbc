import { Body, Controller, Post } from '@nestjs/common';
import { Authenticated } from '@eventzr/auth';
import { Group, Route } from '@eventzr/http';
import { Write } from '@eventzr/idempotency';
import { CALL_ERRORS } from '../calls/calls.documents.js';
import { LARGEST_BODY_BYTES } from '../calls/input-limits.js';
import { LlmErrors } from '../llm-orch.errors.js';
import { RerankAnswer, RerankBody } from './rerank.dto.js';
import { RerankService } from './rerank.service.js';

@Group('Rerank', 'Documents in order of their use for a query.')
@Controller('rerank')
@Authenticated()
export class RerankController {
  constructor(private readonly reranking: RerankService) {}

  @Post()
  @Write('operation')
  @Route({
    summary: 'Order documents by their use for a query',
    answer: RerankAnswer,
    budget: true,
    bodyLimitBytes: LARGEST_BODY_BYTES,
    errors: [LlmErrors.RERANK_INVALID_INPUT, LlmErrors.RERANK_PROVIDER_ERROR, ...CALL_ERRORS],
  })
  rerank(@Body() request: RerankBody) {
    return this.reranking.rerank(request);
  }
}
