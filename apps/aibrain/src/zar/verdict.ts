/** What the judge said, as far as it could be read. */
export interface Verdict {
  /** Labels of known answers, the best first; never empty. */
  readonly ranking: readonly [string, ...string[]];
  readonly consensus: readonly string[];
  readonly contradictions: readonly string[];
  readonly insights: readonly string[];
}

const MOST_POINTS = 10;
const LONGEST_POINT = 200;

/** Reads a judge's answer; undefined when it is none: a judge is a model, and its words are not trusted either. */
export function verdictOf(text: string, labels: readonly string[]): Verdict | undefined {
  const written = parsed(text);
  const [first, ...others] = pointsOf(written?.['ranking']).filter((label) => labels.includes(label));
  if (written === undefined || first === undefined) return undefined;
  return {
    ranking: [first, ...others],
    consensus: pointsOf(written['consensus']),
    contradictions: pointsOf(written['contradictions']),
    insights: pointsOf(written['insights']),
  };
}

function parsed(text: string): Record<string, unknown> | undefined {
  const start = text.indexOf('{');
  try {
    const value: unknown = JSON.parse(text.slice(start, text.lastIndexOf('}') + 1));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function pointsOf(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  return value
    .slice(0, MOST_POINTS)
    .map((point: unknown) =>
      (typeof point === 'string' ? point : JSON.stringify(point)).slice(0, LONGEST_POINT),
    );
}
