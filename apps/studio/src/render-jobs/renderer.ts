import type { ErrorFactory } from '@eventzr/http';

/** One piece of a job: a variant of a picture, a slide of a deck. */
export interface RenderTask<Input> {
  readonly input: Input;
  readonly provider: string;
  /** Unsigned 32-bit; the job's, the same for all its pieces. */
  readonly seed: number;
  /** From 0. */
  readonly piece: number;
  /** Stable over the attempts of this piece. */
  readonly idempotencyKey: string;
}

/** A finished file, before it is an asset. */
export interface RenderedFile {
  readonly bytes: Buffer;
  readonly mimeType: string;
  /** Without the dot. */
  readonly extension: string;
  /** Pixels. */
  readonly width?: number;
  readonly height?: number;
  readonly durationMs?: number;
  readonly pages?: number;
  readonly provider: string;
  readonly model: string;
  readonly seed: number;
  readonly provenance: Readonly<Record<string, unknown>>;
}

/** Makes one kind of media; a job's `type` picks it. */
export abstract class Renderer<Input = unknown> {
  abstract readonly type: string;
  /** The catalogue's words for a provider that failed, was too slow, or refused. */
  abstract readonly providerError: ErrorFactory;
  abstract readonly timeoutError: ErrorFactory;
  abstract readonly refusalError: ErrorFactory;

  /** How many files the job makes. */
  abstract pieces(input: Input): number;

  /** The most that the job could cost us, in micro-USD, whatever happens to it. */
  abstract maxCostMicroUsd(input: Input, provider: string): number;

  /** Whether a piece whose outcome is unknown may simply be asked for again: not where a submit is billed. */
  abstract safeToResubmit(provider: string): boolean;

  /** @throws ProviderFault */
  abstract render(task: RenderTask<Input>, signal: AbortSignal): Promise<RenderedFile>;
}
