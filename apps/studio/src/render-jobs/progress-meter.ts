import type { Clock } from '@eventzr/config';
import { StillPending } from './polling.js';

/** What is left of 100 is the end itself. */
const MADE_PERCENT = 95;
const EVERY_MS = 1_000;

/** How far a job is, from how far its pieces are. Never goes back; between pieces it tells once a second at most. */
export class ProgressMeter {
  private readonly parts = new Map<number, number>();
  private toldAt = -Infinity;

  constructor(
    private readonly count: number,
    private told: number,
    private readonly clock: Clock,
  ) {}

  /** The job's progress that is to be told now, 0-95; undefined: nothing is. */
  tick(piece: number, percent: number): number | undefined {
    this.note(piece, percent);
    const nowMs = this.clock.now().getTime();
    return nowMs - this.toldAt < EVERY_MS ? undefined : this.tell(nowMs);
  }

  /** As `tick`, for a piece that is done or was looked at: that is told whenever it is news. */
  piece(piece: number, state: unknown): number | undefined {
    this.note(piece, state instanceof StillPending ? (state.progress ?? 0) : 100);
    return this.tell(this.clock.now().getTime());
  }

  private note(piece: number, percent: number): void {
    if (!Number.isFinite(percent)) return;
    const bounded = Math.min(100, Math.max(0, percent));
    this.parts.set(piece, Math.max(bounded, this.parts.get(piece) ?? 0));
  }

  private tell(nowMs: number): number | undefined {
    const sum = [...this.parts.values()].reduce((total, part) => total + part, 0);
    const progress = Math.round((sum / (100 * this.count)) * MADE_PERCENT);
    if (progress <= this.told) return undefined;
    this.told = progress;
    this.toldAt = nowMs;
    return progress;
  }
}
