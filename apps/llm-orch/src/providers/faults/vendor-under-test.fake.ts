import type { ModelInfo, TextProvider } from '../text-provider.js';
import type { VendorUnderTest } from '../text-provider.conformance.js';
import type { Scenario } from './vendor-server.fake.js';
import { VendorServer } from './vendor-server.fake.js';
import type { VendorWire } from './vendor-wire.fake.js';

export interface VendorSetUp extends Pick<VendorUnderTest, 'model' | 'faults' | 'usage' | 'strictFrames'> {
  readonly wire: VendorWire;
  readonly provider: (baseUrl: string) => TextProvider & { close(): Promise<void> };
}

/** For specs: a vendor that plays one scenario after the other, and its provider. */
export async function vendorUnderTest({ wire, provider, ...facts }: VendorSetUp): Promise<VendorUnderTest> {
  let scenario: Scenario = { kind: 'answer', pieces: [] };
  const server = new VendorServer([wire], () => scenario);
  const built = provider(await server.start());
  return {
    ...facts,
    provider: built,
    play: (next) => {
      scenario = next;
    },
    calls: () => server.seen.length,
    hungUp: () => server.hungUp(),
    close: async () => {
      await server.stop();
      await built.close();
    },
  };
}

/** For specs: only the silence within an answer is given up on; a test that waits for anything else fails. */
export const PATIENCE = { timeoutMs: 60_000, headersTimeoutMs: 60_000, idleTimeoutMs: 150 } as const;

/** For specs: a model that can do everything. */
export function ableModel(id: string): ModelInfo {
  return {
    id,
    contextWindowTokens: 200_000,
    maxOutputTokens: 8_192,
    capabilities: ['text', 'json', 'tools'],
  };
}
