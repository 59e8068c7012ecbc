import { Injectable } from '@nestjs/common';
import { ZarService } from '../zar/zar.service.js';
import type { OrchestrateRequest } from './orchestration.dto.js';
import { OrchestrationService } from './orchestration.service.js';

/** Each request to the service of its mode. */
@Injectable()
export class OrchestrationRequests {
  constructor(
    private readonly single: OrchestrationService,
    private readonly zar: ZarService,
  ) {}

  answer(request: OrchestrateRequest) {
    return request.mode === 'zar' ? this.zar.orchestrate(request) : this.single.orchestrate(request);
  }
}
