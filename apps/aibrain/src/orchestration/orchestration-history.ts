import { Injectable } from '@nestjs/common';
import { currentPrincipal, decodeCursor, IdCursor, pagedById } from '@eventzr/http';
import type { PageQuery } from '@eventzr/http';
import { AiBrainDb } from '../aibrain.db.js';
import { AiBrainErrors } from '../aibrain.errors.js';
import type { OrchestrationRecord } from './orchestration.dto.js';
import { recordOf } from './orchestration-records.js';
import { OrchestrationsRepository } from './orchestrations.repository.js';

/** A caller's own past requests. */
@Injectable()
export class OrchestrationHistory {
  constructor(
    private readonly db: AiBrainDb,
    private readonly orchestrations: OrchestrationsRepository,
  ) {}

  async list(query: PageQuery) {
    const before = decodeCursor(query.cursor, IdCursor)?.id;
    const { userId } = currentPrincipal();
    const rows = await this.db.withTenant((tx) =>
      this.orchestrations.list(tx, userId, before, query.limit + 1),
    );
    return pagedById(rows, query.limit, recordOf);
  }

  async get(id: string): Promise<OrchestrationRecord> {
    const { userId } = currentPrincipal();
    const row = await this.db.withTenant((tx) => this.orchestrations.find(tx, id, userId));
    if (row === null) throw AiBrainErrors.REQUEST_NOT_FOUND();
    return recordOf(row);
  }
}
