import { Injectable } from '@nestjs/common';
import type { Streamed } from '@eventzr/http';
import { currentContext, streamed } from '@eventzr/http';
import type { Finished } from '@eventzr/idempotency';
import { ConversationsService } from '../conversations/conversations.service.js';
import { ZarService } from '../zar/zar.service.js';
import type { OrchestrateRequest, OrchestrationAnswer } from './orchestration.dto.js';
import { OrchestrationService } from './orchestration.service.js';
import { progressEvents } from './progress-events.js';

/** Each request to the service of its mode. */
@Injectable()
export class OrchestrationRequests {
  constructor(
    private readonly single: OrchestrationService,
    private readonly zar: ZarService,
    private readonly conversations: ConversationsService,
  ) {}

  /** @throws CONVERSATION_NOT_FOUND, CONVERSATION_LOCKED, MAX_TURNS_EXCEEDED before anything is held */
  async answer({ stream, ...wanted }: OrchestrateRequest): Promise<Finished<OrchestrationAnswer> | Streamed> {
    const history = await this.conversations.recall(wanted.conversationId);
    const request = { ...wanted, history };
    if (!asksForEvents(stream))
      return request.mode === 'zar' ? this.zar.orchestrate(request) : this.single.orchestrate(request);
    if (request.mode !== 'zar') return streamed(this.single.stream(request));
    return streamed(progressEvents((tell) => this.zar.orchestrate(request, tell)));
  }
}

/** In the body or by `Accept`. */
function asksForEvents(stream: boolean | undefined): boolean {
  const accept = currentContext()?.headers['accept'];
  return stream === true || (typeof accept === 'string' && accept.includes('text/event-stream'));
}
