import { Body, Controller, Post, UseGuards } from '@nestjs/common';
import { ForwardedUser, Internal } from '@eventzr/auth';
import { HttpErrors, Route } from '@eventzr/http';
import { Write } from '@eventzr/idempotency';
import { LlmErrors } from '../llm-orch.errors.js';
import { replayedAnswer } from './house-format.js';
import { CompletionAnswer } from './completion-answer.dto.js';
import { InternalChatRequest, InternalEstimate, InternalEstimateRequest } from './internal-inference.dto.js';
import { asked, InferenceRequests } from './inference.requests.js';

@Controller('internal')
@Internal('aibrain')
@UseGuards(ForwardedUser)
export class InternalInferenceController {
  constructor(private readonly requests: InferenceRequests) {}

  @Post('inference/chat')
  @Write('operation', { replayStream: replayedAnswer })
  @Route({
    summary: 'Complete within a parent operation',
    answer: CompletionAnswer,
    mayStream: true,
    errors: [LlmErrors.PARENT_NOT_OPEN, HttpErrors.BUDGET_EXCEEDED],
  })
  chat(@Body() { stream, ...wish }: InternalChatRequest) {
    return this.requests.child(wish, asked(stream));
  }

  @Post('estimates')
  @Route({
    summary: 'Bound what a completion within a parent operation can cost',
    answer: InternalEstimate,
    readOnly: true,
    errors: [HttpErrors.BUDGET_EXCEEDED, LlmErrors.PRICE_UNKNOWN],
  })
  estimate(@Body() request: InternalEstimateRequest) {
    return this.requests.estimate(request);
  }
}
