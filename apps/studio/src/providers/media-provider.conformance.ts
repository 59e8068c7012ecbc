import type { MediaProvider, MediaRequest, ProviderWork } from './media-provider.js';
import { PendingTask } from './media-provider.js';

/** Follows a request to its end, polling at once where the vendor takes its time. For specs only. */
export async function finished<Request extends MediaRequest, Made>(
  provider: MediaProvider<Request, Made>,
  request: Request,
  work: ProviderWork = { signal: new AbortController().signal },
): Promise<Made> {
  let answer = await provider.generate(request, work);
  for (let looks = 0; answer instanceof PendingTask; looks += 1) {
    if (looks > 100) throw new Error(`${provider.name} never finished task ${answer.taskId}`);
    answer = await provider.poll(answer.taskId, request, work);
  }
  return answer;
}
