import { fileURLToPath } from 'node:url';
import type { Environment } from '@eventzr/config';
import { ProcessStage } from '@eventzr/testing';
import type { ServiceProcess, StageSet } from '@eventzr/testing';
import type { FakeOpenAiImages } from './providers/openai/openai-images.fake.js';
import { startFakeOpenAiImages } from './providers/openai/openai-images.fake.js';
import type { PendingVendor } from './providers/pending-vendor.fake.js';
import { startPendingVendor } from './providers/pending-vendor.fake.js';

/** Studio's processes and its vendors; everything but studio outlives a crash. */
export class Stage extends ProcessStage {
  private constructor(
    set: StageSet,
    readonly vendor: FakeOpenAiImages,
    readonly pending: PendingVendor,
  ) {
    super(set);
  }

  static async set(): Promise<Stage> {
    const [set, vendor, pending] = await Promise.all([
      ProcessStage.prepare('studio'),
      startFakeOpenAiImages(),
      startPendingVendor(),
    ]);
    return new Stage(set, vendor, pending);
  }

  /** `pending-worker`: a worker whose provider `openai` works through the tasks of `pending`. */
  start(entry: 'main' | 'worker' | 'pending-worker'): Promise<ServiceProcess> {
    const script = entry === 'pending-worker' ? './pending-worker.fake.mjs' : `../dist/${entry}.js`;
    return this.run(fileURLToPath(new URL(script, import.meta.url)));
  }

  override async strike(): Promise<void> {
    await super.strike();
    await Promise.all([this.vendor.close(), this.pending.close()]);
  }

  protected override environment(): Environment {
    return {
      URL_SIGNING_KEY: 'url-signing-key-of-tests'.padEnd(40, '-'),
      PENDING_URL: this.pending.url,
      PENDING_KEY: this.pending.apiKey,
      OPENAI_API_KEY: this.vendor.apiKey,
      OPENAI_BASE_URL: this.vendor.baseUrl,
      // What is judged is told elsewhere; the vendor here makes pictures alone.
      MODERATION: 'local',
      IMAGE_MODERATION: 'off',
      // Signatures have specs of their own; in production, as here, nothing starts without a certificate by accident.
      C2PA: 'off',
    };
  }
}
