import type { CompletionRequest } from '../completion.js';

/** The last generations that take sampling parameters; all later ones refuse the request that carries one. */
const TAKES_SAMPLING = /claude-(?:3|instant|v?2|(?:opus|sonnet|haiku)-4(?!-[7-9]))/;

/** Generations from before the schema mode. */
const WITHOUT_SCHEMAS = /claude-(?:3|instant|v?2|(?:opus|sonnet)-4(?!-[5-9]))/;

/** Whether a Claude model, under any vendor's id of it, can be held to a schema. */
export function claudeTakesSchema(model: string): boolean {
  return !WITHOUT_SCHEMAS.test(model);
}

export interface ClaudeSampling {
  readonly temperature?: number;
  readonly topP?: number;
  /** What was asked for and not sent. */
  readonly limits: readonly string[];
}

/** The sampling parameters that a Claude model takes of those asked for: temperature up to 1 and not beside topP. */
export function claudeSampling(
  request: Pick<CompletionRequest, 'model' | 'temperature' | 'topP'>,
): ClaudeSampling {
  const { model, temperature, topP } = request;
  if (temperature === undefined && topP === undefined) return { limits: [] };
  if (!TAKES_SAMPLING.test(model))
    return { limits: [`${model} takes no temperature or topP: they were not sent`] };
  if (temperature === undefined) return { topP, limits: [] };
  return {
    temperature: Math.min(temperature, 1),
    limits: [
      ...(temperature > 1 ? [`${model} takes a temperature of 1 at most: 1 was sent`] : []),
      ...(topP === undefined ? [] : [`${model} takes temperature or topP: topP was not sent`]),
    ],
  };
}

/** Said in `limits` where a vendor has no seed. */
export function seedLimit({ model, seed }: Pick<CompletionRequest, 'model' | 'seed'>): string[] {
  return seed === undefined ? [] : [`${model} takes no seed: it was not sent`];
}
