import type { PendingTask } from './media-provider.js';
import type { ProviderFault } from './provider-fault.js';

export declare function pendingMethods(
  vendor: { readonly url: string; readonly apiKey: string; readonly recalls?: boolean },
  classes: {
    readonly PendingTask: typeof PendingTask;
    readonly ProviderFault: typeof ProviderFault;
  },
): object;
