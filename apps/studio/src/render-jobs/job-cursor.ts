import { Matches } from 'class-validator';

/** Where a list of jobs or assets goes on: ids are time-ordered. */
export class JobCursor {
  @Matches(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/)
  id!: string;
}
