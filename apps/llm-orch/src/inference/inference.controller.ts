import { Body, Controller, Post } from '@nestjs/common';
import { Authenticated } from '@eventzr/auth';
import { Group, Route } from '@eventzr/http';
import { Write } from '@eventzr/idempotency';
import { replayedAnswer } from './house-format.js';
import { ChatRequest, CompleteRequest } from './inference.dto.js';
import { CompletionAnswer } from './completion-answer.dto.js';
import { INFERENCE_ERRORS, STREAM_EXAMPLE } from './inference.documents.js';
import { asked, CHAT_OPERATION, COMPLETE_OPERATION, InferenceRequests } from './inference.requests.js';
import { chatWishOf, wishOf } from './wishes.js';

const DESCRIPTION =
  'Holds credits for the longest answer that `maxTokens` allows, then charges what was used. `x-budget-max-usd` is never exceeded: a call that could cost more is refused before it runs. `stream: true` or `Accept: text/event-stream` answers the events `start`, `delta`, `usage`, then `done` or `error` (`budget`, `provider`, `timeout`).';

@Group('Inference', 'Bounded, held for, settled: one prompt or conversation, one completion.')
@Controller('inference')
@Authenticated()
export class InferenceController {
  constructor(private readonly requests: InferenceRequests) {}

  @Post('complete')
  @Write('operation', { replayStream: replayedAnswer })
  @Route({
    summary: 'Complete a prompt',
    description: DESCRIPTION,
    answer: CompletionAnswer,
    budget: true,
    mayStream: true,
    streamExample: STREAM_EXAMPLE,
    errors: INFERENCE_ERRORS,
  })
  complete(@Body() request: CompleteRequest) {
    return this.requests.paid(wishOf(request), COMPLETE_OPERATION, asked(request.stream));
  }

  @Post('chat')
  @Write('operation', { replayStream: replayedAnswer })
  @Route({
    summary: 'Go on with a conversation, with tools',
    description: DESCRIPTION,
    answer: CompletionAnswer,
    budget: true,
    mayStream: true,
    streamExample: STREAM_EXAMPLE,
    errors: INFERENCE_ERRORS,
  })
  chat(@Body() request: ChatRequest) {
    return this.requests.paid(chatWishOf(request), CHAT_OPERATION, asked(request.stream));
  }
}
