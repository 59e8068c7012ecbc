import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AppLogger } from '@eventzr/http';
import type { OpenOperation } from '@eventzr/wallet-client';
import { AiBrainConfig } from '../config.js';
import type { Thought, Wish } from '../orchestration/brain.js';
import { Brain } from '../orchestration/brain.js';
import type { Agreement, Said } from './agreement.js';
import { groundingOf } from './grounding.js';
import type { Panel } from './panel.js';
import { askedOf, judgeWish, notesOf, wordsOfAsker, writerWish } from './prompts.js';
import { verdictOf } from './verdict.js';

/** `written`: by the writer, grounded in the members; `unanimous`: all said the same; `medoid`: the answer nearest to the others. */
export type Synthesis = 'written' | 'unanimous' | 'medoid';

export interface Synthesised {
  readonly text: string;
  readonly synthesis: Synthesis;
  /** What judge and writer took. */
  readonly thoughts: readonly Thought[];
  /** Claims of the written answer that no member makes. */
  readonly ungrounded: readonly string[];
}

/** What the members said, and who is to make one answer of it. */
export interface Synthesising {
  readonly wish: Wish;
  readonly panel: Panel;
  readonly operation: OpenOperation;
  readonly maxMicroUsd: number;
  readonly said: readonly Said[];
  readonly agreement: Agreement;
  readonly signal: AbortSignal | undefined;
}

const JUDGE_TIME_SHARE = 0.2;
const WRITER_TIME_SHARE = 0.25;
const LABELS = ['X', 'Y', 'Z'];

/** One answer of several: judged, written, checked; whatever goes wrong, the medoid is there. */
@Injectable()
export class ZarSynthesis {
  constructor(
    private readonly brain: Brain,
    private readonly config: AiBrainConfig,
    private readonly logger: AppLogger,
  ) {}

  async synthesise(asked: Synthesising): Promise<Synthesised> {
    const { agreement, panel } = asked;
    const { judge, writer } = panel;
    const medoid = {
      text: agreement.medoid.text,
      synthesis: 'medoid',
      thoughts: [],
      ungrounded: [],
    } as const;
    if (agreement.unanimous) return { ...medoid, synthesis: 'unanimous' };
    if (judge === undefined || writer === undefined) return medoid;
    const { said, thoughts: taken } = { said: anonymous(asked), thoughts: [] as Thought[] };
    const matter = { ...askedOf(asked.wish), answers: said, maxTokens: asked.wish.maxTokens };
    const judged = await this.ask(asked, 'judge', judgeWish(matter, judge), JUDGE_TIME_SHARE);
    if (judged === undefined) return medoid;
    taken.push(judged);
    const verdict = verdictOf(judged.text, said.map(({ slot }) => slot)); // prettier-ignore
    if (verdict === undefined) return { ...medoid, thoughts: taken };
    const wish = writerWish(matter, verdict.ranking[0], notesOf(verdict, agreement), writer);
    const written = await this.ask(asked, 'writer', wish, WRITER_TIME_SHARE);
    if (written === undefined) return { ...medoid, thoughts: taken };
    taken.push(written);
    const { grounded, ungrounded } = groundingOf(written.text, said.map(({ text }) => text), wordsOfAsker(matter)); // prettier-ignore
    if (!grounded) return { ...medoid, thoughts: taken };
    return { text: written.text.normalize('NFC'), synthesis: 'written', thoughts: taken, ungrounded };
  }

  /** Undefined when there is no answer: there is one already that can be given. */
  private async ask(
    { operation, maxMicroUsd, signal }: Synthesising,
    name: string,
    wish: Wish,
    share: number,
  ): Promise<Thought | undefined> {
    const { operationId, holdId } = operation;
    const timeoutMs = Math.floor(share * this.config.orchestrationTimeoutMs);
    try {
      return await this.brain.think({ operationId, holdId, name, maxMicroUsd, timeoutMs, wish, signal });
    } catch (err) {
      signal?.throwIfAborted();
      this.logger.warn({ err, step: name, operationId }, 'a zar answer is given without this step');
      return undefined;
    }
  }
}

/** In an order and under names that tell nothing of who answered, the same ones when the operation is repeated. */
function anonymous({ said, operation }: Synthesising): Said[] {
  const place = ({ slot }: Said) =>
    createHash('sha256').update(`${operation.operationId}:${slot}`).digest('hex');
  return [...said]
    .sort((one, other) => (place(one) < place(other) ? -1 : 1))
    .map(({ text }, index) => ({ slot: LABELS[index] ?? String(index), text }));
}
