import type { ErrorFactory } from '@eventzr/http';
import { StorageFault } from '@eventzr/storage';
import { OutputRefused } from '../moderation/output-refused.js';
import { ProviderFault } from '../providers/provider-fault.js';
import { StudioErrors } from '../studio.errors.js';
import type { Renderer } from './renderer.js';

/** Why a job fails whose time is over. */
export const DEADLINE = 'deadline';

/** The provider may have done, and billed, the work, and nothing of it reached us. Never submitted again blindly. */
export class SubmitUnknown extends Error {
  constructor(jobId: string, piece: number, options: { cause?: unknown } = {}) {
    super(`The outcome of piece ${piece} of render job ${jobId} is unknown`, options);
    this.name = 'SubmitUnknown';
  }
}

/** The catalogue entry that tells the owner why; the details stay in the log. */
export function errorFor(reason: unknown, renderer: Renderer): ErrorFactory {
  if (reason === DEADLINE) return renderer.timeoutError;
  if (reason instanceof StorageFault) return StudioErrors.STORAGE_FAILED;
  if (reason instanceof SubmitUnknown)
    return reason.cause instanceof StorageFault ? StudioErrors.STORAGE_FAILED : StudioErrors.SUBMIT_UNKNOWN;
  if (reason instanceof OutputRefused) return StudioErrors.OUTPUT_REFUSED;
  if (reason instanceof ProviderFault && reason.kind === 'moderated') return renderer.refusalError;
  if (reason instanceof ProviderFault && reason.kind === 'timeout') return renderer.timeoutError;
  return renderer.providerError;
}
