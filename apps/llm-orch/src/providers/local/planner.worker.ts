import type { MessagePort } from 'node:worker_threads';
import type { Completion, CompletionRequest } from '../text-provider.js';
import { LocalTextProvider } from './local-text-provider.js';

/** One completion for the thread: plain data, so that it can cross. */
export interface PlannerTask {
  readonly request: CompletionRequest;
  readonly nowIso: string;
  /** Told when the work begins, from when on its time is limited. */
  readonly begins: MessagePort;
}

/** The planner at work in its thread; aborting ends the thread, so it need not look. */
export default function plan({ request, nowIso, begins }: PlannerTask): Promise<Completion> {
  begins.postMessage('begun');
  const planner = new LocalTextProvider({ now: () => new Date(nowIso) });
  return planner.complete(request, new AbortController().signal);
}
