import { Matches } from 'class-validator';

/** Where a list of requests goes on: ids are time-ordered. */
export class OrchestrationCursor {
  @Matches(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/)
  id!: string;
}
