import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Authenticated } from '@eventzr/auth';
import { Group, HttpErrors, PageQuery, Route, UuidParam } from '@eventzr/http';
import { Write } from '@eventzr/idempotency';
import { AiBrainErrors } from '../aibrain.errors.js';
import { listModes } from './modes.js';
import {
  ModeView,
  OrchestrateRequest,
  OrchestrationAnswer,
  OrchestrationRecord,
} from './orchestration.dto.js';
import { OrchestrationHistory } from './orchestration-history.js';
import { OrchestrationRequests } from './orchestration.requests.js';
import { replayedAnswer } from './progress-events.js';

@Group('Orchestration', 'One prompt in, one answer out, and what was asked before.')
@Controller()
@Authenticated()
export class OrchestrationController {
  constructor(
    private readonly requests: OrchestrationRequests,
    private readonly history: OrchestrationHistory,
  ) {}

  @Post('orchestrate')
  @Write('operation', { replayStream: replayedAnswer })
  @Route({
    summary: 'Answer a prompt',
    description:
      'Holds credits for the longest answer, asks the LLM gateway, and charges what was used. A budget, a place, a date and a head-count in the prompt or the context are kept to. Mode `zar` asks three models, compares what they say and shows where they differ.',
    answer: OrchestrationAnswer,
    mayStream: true,
    budget: true,
    errors: [
      AiBrainErrors.INVALID_PROMPT,
      AiBrainErrors.INVALID_MODE,
      AiBrainErrors.INVALID_MAX_TOKENS,
      AiBrainErrors.CONTEXT_TOO_LARGE,
      AiBrainErrors.PROVIDER_ERROR,
      AiBrainErrors.ORCHESTRATION_TIMEOUT,
      AiBrainErrors.CONSENSUS_FAILED,
      AiBrainErrors.CONVERSATION_NOT_FOUND,
      AiBrainErrors.CONVERSATION_LOCKED,
      AiBrainErrors.MAX_TURNS_EXCEEDED,
      AiBrainErrors.ZAR_TIER_REQUIRED,
      AiBrainErrors.ZAR_INSUFFICIENT_CREDITS,
      HttpErrors.INSUFFICIENT_CREDITS,
      HttpErrors.BUDGET_EXCEEDED,
    ],
  })
  orchestrate(@Body() request: OrchestrateRequest) {
    return this.requests.answer(request);
  }

  @Get('modes')
  @Route({ summary: 'List the modes that are served', answer: [ModeView] })
  modes() {
    return listModes();
  }

  @Get('requests')
  @Route({ summary: 'List your past requests, newest first', answer: [OrchestrationRecord] })
  list(@Query() query: PageQuery) {
    return this.history.list(query);
  }

  @Get('requests/:id')
  @Route({
    summary: 'Get one of your past requests',
    answer: OrchestrationRecord,
    errors: [AiBrainErrors.REQUEST_NOT_FOUND],
  })
  get(@UuidParam('id') id: string) {
    return this.history.get(id);
  }
}
