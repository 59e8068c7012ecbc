import { Injectable } from '@nestjs/common';
import { budgetCeilingMicroUsd, HttpErrors } from '@eventzr/http';
import type { Wish } from '../orchestration/brain.js';
import { Brain } from '../orchestration/brain.js';
import type { Panel } from './panel.js';
import { askedOf, judgeWish, longestMatter, LONGEST_NOTES, writerWish } from './prompts.js';

const MICROS_PER_USD = 1_000_000;
/** Without a caller's ceiling: an attempt whose outcome nobody knows, and one more. */
const ATTEMPTS_PAID = 2;
const MOST_TRIES = 4;

export interface ZarBound {
  /** The caller's own, if any. */
  readonly ceilingMicroUsd: number | undefined;
  /** The most that all children of the operation may cost together. */
  readonly maxMicroUsd: number;
}

/** Bounds a whole zar orchestration, members, judge and writer, before anything is sent to a model. */
@Injectable()
export class ZarBounds {
  constructor(private readonly brain: Brain) {}

  /** The most that the orchestration can cost, in micro-USD. */
  async costOf(wish: Wish, panel: Panel): Promise<number> {
    const costs = await Promise.all(wishesOf(wish, panel).map((one) => this.brain.bound(one)));
    return costs.reduce((sum, { maxCostMicroUsd }) => sum + maxCostMicroUsd, 0);
  }

  /** @throws BUDGET_EXCEEDED 402 when that is above the ceiling: the caller's, or what is left of it */
  async of(wish: Wish, panel: Panel, ceilingMicroUsd = budgetCeilingMicroUsd()): Promise<ZarBound> {
    const cost = await this.costOf(wish, panel);
    if (ceilingMicroUsd === undefined)
      return { ceilingMicroUsd, maxMicroUsd: Math.max(1, ATTEMPTS_PAID * cost) };
    if (cost <= ceilingMicroUsd) return { ceilingMicroUsd, maxMicroUsd: ceilingMicroUsd };
    throw HttpErrors.BUDGET_EXCEEDED({
      estimateUsd: cost / MICROS_PER_USD,
      ceilingUsd: ceilingMicroUsd / MICROS_PER_USD,
      maxAffordableTokens: await this.affordable(wish, panel, ceilingMicroUsd, cost),
    });
  }

  /** The cost grows with `maxTokens`, by less and less: a chord meets the ceiling too late, so it is drawn again. */
  private async affordable(wish: Wish, panel: Panel, ceiling: number, cost: number): Promise<number> {
    const least = await this.costOf({ ...wish, maxTokens: 1 }, panel);
    if (least > ceiling) return 0;
    let [tokens, bound] = [wish.maxTokens, cost];
    for (let tries = 1; tries <= MOST_TRIES && bound > ceiling && tokens > 1; tries += 1) {
      tokens = Math.max(1, Math.floor(1 + ((tokens - 1) * (ceiling - least)) / (bound - least)) - 1);
      bound = await this.costOf({ ...wish, maxTokens: tokens }, panel);
    }
    return bound <= ceiling ? tokens : 1;
  }
}

/** Everything that may be asked, at its longest. */
function wishesOf(wish: Wish, { members, judge, writer }: Panel): Wish[] {
  const matter = longestMatter(askedOf(wish), members.map(({ slot }) => slot), wish.maxTokens); // prettier-ignore
  return [
    ...members.map(({ provider, model }) => ({ ...wish, provider, model })),
    ...(judge === undefined ? [] : [judgeWish(matter, judge)]),
    ...(writer === undefined ? [] : [writerWish(matter, 'X', LONGEST_NOTES, writer)]),
  ];
}
