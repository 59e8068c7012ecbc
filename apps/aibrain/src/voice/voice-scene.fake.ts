import type { Environment } from '@eventzr/config';
import type { TestService, TokenWish } from '@eventzr/testing';
import { startService } from '@eventzr/testing';
import { SettlementSweep } from '@eventzr/wallet-client';
import { aibrain } from '../aibrain.service-definition.js';
import { answer, FakeLlmOrch, THOUGHT } from '../orchestration/llm-orch.fake.js';
import { FakeStudio } from './studio.fake.js';

export const VOICE = '/aibrain/v1/voice/orchestrate';
export const ASKED = {
  audioUrl: 'https://example.com/question.m4a',
  format: 'm4a',
  languageHint: 'en-US',
  maxTokens: 500,
};
export const SPOKEN = { ...ASKED, ttsResponse: true };

/** For specs: aibrain between a fake studio, a fake gateway and a fake wallet. */
export class VoiceScene {
  private constructor(
    readonly app: TestService,
    readonly brain: FakeLlmOrch,
    readonly studio: FakeStudio,
  ) {}

  static async set(environment: Environment = {}): Promise<VoiceScene> {
    const [brain, studio] = await Promise.all([FakeLlmOrch.start(), FakeStudio.start()]);
    const urls = { LLM_ORCH_INTERNAL_URL: brain.url, STUDIO_INTERNAL_URL: studio.url };
    const app = await startService(aibrain, { environment: { ...urls, ...environment } });
    return new VoiceScene(app, brain, studio);
  }

  /** Everybody well, and 10,000 credits. */
  reset(): void {
    this.studio.reset();
    this.brain.think = (response) => answer(response, 200, THOUGHT);
    this.brain.boundOf = () => 200;
    this.brain.seen.length = 0;
    this.app.wallet.balance(10_000);
  }

  async ask(body: object, headers: Record<string, string> = {}, wish?: TokenWish) {
    return (await this.app.as(wish)).post(VOICE).set(headers).send(body);
  }

  get holds(): number {
    return this.app.wallet.holds.length;
  }

  /** The newest hold, once the wallet has heard of its end. */
  async settled() {
    await this.app.service.app.get(SettlementSweep, { strict: false }).run();
    return this.app.wallet.holds.at(-1);
  }

  /** @returns what the fakes had to complain of */
  async strike(): Promise<string[]> {
    const { app, brain, studio } = this;
    await app.close();
    await Promise.all([brain.stop(), studio.stop()]);
    return [...app.wallet.faults, ...brain.faults, ...studio.faults];
  }
}
