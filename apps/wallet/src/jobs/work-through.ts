import type { AppLogger } from '@eventzr/http';
import type { JobTally } from '@eventzr/jobs';

/** How many rows a sweep lists at a time. */
export const SWEEP_PAGE = 500;
/** A row is mostly waited for: a few at a time keep the database busy, and leave the pool's other half to requests. */
const LANES = 4;

interface Report {
  readonly tally: JobTally;
  readonly logger: AppLogger;
  /** What is logged of a row that failed. */
  readonly what: string;
}

/**
 * Works through all that is due, page by page by position, a few rows at a time. A row that fails is counted and logged, and the others go
 * on: it stays due, and would keep everything behind it waiting for ever.
 * @param work false: another run had the row
 */
export async function workThrough<Row>(
  { tally, logger, what }: Report,
  list: (after: Row | undefined) => Promise<readonly Row[]>,
  work: (row: Row) => Promise<boolean>,
): Promise<void> {
  async function lane(left: Iterable<Row>): Promise<void> {
    for (const row of left) {
      try {
        if (await work(row)) tally.succeeded();
        else tally.skipped();
      } catch (error) {
        tally.failed();
        logger.error({ err: error, row }, what);
      }
    }
  }
  let page: readonly Row[] = [];
  do {
    page = await list(page.at(-1));
    const left = page.values();
    await Promise.all(Array.from({ length: LANES }, () => lane(left)));
  } while (page.length === SWEEP_PAGE);
}
