import type { QueryResultRow } from 'pg';
import type { Connections } from './connections.js';

/** Finds due work of all tenants, as `<svc>_job`: it sees (tenant_id, id) and due columns, and changes nothing. */
export abstract class JobPool {
  abstract query<Row extends QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
}

export class PgJobPool extends JobPool {
  constructor(private readonly connections: Connections) {
    super();
  }

  async query<Row extends QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.connections.job.query<Row>(text, values)).rows;
  }
}
