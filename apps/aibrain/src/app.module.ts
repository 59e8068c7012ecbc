import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { WalletClientModule } from '@eventzr/wallet-client';
import type { AiBrainConfig } from './config.js';
import { ConversationsModule } from './conversations/conversations.module.js';
import { OrchestrationModule } from './orchestration/orchestration.module.js';
import { PricesModule } from './prices/prices.module.js';
import { VoiceModule } from './voice/voice.module.js';

/** aibrain's table of contents. */
@Module({})
export class AppModule {
  static register(config: AiBrainConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConversationsModule,
        OrchestrationModule,
        PricesModule,
        VoiceModule,
        WalletClientModule.register(config),
      ],
    };
  }
}
