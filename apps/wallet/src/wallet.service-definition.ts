import { defineService } from '@eventzr/service';
import { AppModule } from './app.module.js';
import { WalletConfig } from './config.js';
import { WalletDb } from './wallet.db.js';
import { WalletErrors } from './wallet.errors.js';
import { walletEvents } from './wallet.events.js';

export const wallet = defineService({
  name: 'wallet',
  title: 'EventZR Wallet',
  description:
    'AI credits: every user and every team has a wallet. Operations of other services hold credits before they start and are charged what they used when they end; this service shows balances, every movement, and who may spend what the team has.',
  config: WalletConfig,
  db: WalletDb,
  errors: [WalletErrors],
  produces: walletEvents,
  module: () => AppModule,
});
