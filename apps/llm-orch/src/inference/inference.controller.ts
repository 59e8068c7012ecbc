import { Body, Controller, Post, UseGuards } from '@nestjs/common';
import { Authenticated, ForwardedUser, Internal } from '@eventzr/auth';
import { Group, HttpErrors, Route } from '@eventzr/http';
import { Write } from '@eventzr/idempotency';
import { LlmErrors } from '../llm-orch.errors.js';
import { ChildInferenceService } from './child-inference.service.js';
import {
  CompleteRequest,
  CompletionAnswer,
  InternalChatRequest,
  InternalEstimate,
  InternalEstimateRequest,
} from './inference.dto.js';
import { InferenceService } from './inference.service.js';

@Group('Inference', 'Bounded, held for, settled: one prompt, one completion.')
@Controller('inference')
export class InferenceController {
  constructor(private readonly inference: InferenceService) {}

  @Post('complete')
  @Authenticated()
  @Write('operation')
  @Route({
    summary: 'Complete a prompt',
    description:
      'Holds credits for the longest answer that `maxTokens` allows, then charges what was used. `x-budget-max-usd` is never exceeded: a call that could cost more is refused before it runs.',
    answer: CompletionAnswer,
    budget: true,
    errors: [
      LlmErrors.INVALID_PROMPT,
      LlmErrors.INVALID_MAX_TOKENS,
      LlmErrors.UNSUPPORTED_USE_CASE,
      LlmErrors.INVALID_MODEL,
      LlmErrors.UNKNOWN_PROVIDER,
      LlmErrors.PRICE_UNKNOWN,
      LlmErrors.CONTEXT_OVERFLOW,
      LlmErrors.REFUSED,
      LlmErrors.PROVIDER_ERROR,
      LlmErrors.INFERENCE_TIMEOUT,
      HttpErrors.INSUFFICIENT_CREDITS,
      HttpErrors.BUDGET_EXCEEDED,
      HttpErrors.PROVIDER_NOT_CONFIGURED,
    ],
  })
  complete(@Body() request: CompleteRequest) {
    return this.inference.complete(request);
  }
}

@Controller('internal')
@Internal('aibrain')
@UseGuards(ForwardedUser)
export class InternalInferenceController {
  constructor(private readonly children: ChildInferenceService) {}

  @Post('inference/chat')
  @Write('operation')
  @Route({
    summary: 'Complete within a parent operation',
    answer: CompletionAnswer,
    errors: [LlmErrors.PARENT_NOT_OPEN, HttpErrors.BUDGET_EXCEEDED],
  })
  chat(@Body() request: InternalChatRequest) {
    return this.children.chat(request);
  }

  @Post('estimates')
  @Route({
    summary: 'Bound what a completion within a parent operation can cost',
    answer: InternalEstimate,
    readOnly: true,
    errors: [HttpErrors.BUDGET_EXCEEDED, LlmErrors.PRICE_UNKNOWN],
  })
  estimate(@Body() request: InternalEstimateRequest) {
    return this.children.estimate(request);
  }
}
