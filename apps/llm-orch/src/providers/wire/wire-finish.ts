import type { FinishChunk, FinishReason } from '../completion.js';
import { ProviderFault } from '../provider-fault.js';

/** How an answer ended: `withheld` by the vendor's filter, `broken` by the model itself. */
export type WireFinish = FinishReason | 'withheld' | 'broken';

/** The last chunk of an answer. @throws ProviderFault where it ended without anything to use */
export function endOf(
  provider: string,
  answer: { readonly finish: WireFinish | undefined; readonly model?: string },
  asked: { readonly model: string; readonly limits: readonly string[] },
): FinishChunk {
  const { finish, model = asked.model } = answer;
  if (finish === 'withheld')
    throw new ProviderFault({ provider, kind: 'content_filter' }, 'the vendor withheld the answer');
  if (finish === undefined || finish === 'broken')
    throw new ProviderFault({ provider, kind: 'server' }, 'the model ended without a usable answer');
  return { type: 'finish', finishReason: finish, model, limits: asked.limits };
}
