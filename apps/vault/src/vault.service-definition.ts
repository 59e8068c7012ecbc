import { defineService } from '@eventzr/service';
import { AppModule } from './app.module.js';
import { VaultConfig } from './config.js';
import { VaultDb } from './vault.db.js';
import { VaultErrors } from './vault.errors.js';
import { VAULT_EVENTS } from './vault.events.js';

export const vault = defineService({
  name: 'vault',
  title: 'EventZR Vault',
  description:
    'Keeps files: their type is what the bytes say, their space is counted per owner and plan, and their content is served with ranges.',
  config: VaultConfig,
  db: VaultDb,
  errors: [VaultErrors],
  produces: VAULT_EVENTS,
  module: (config) => AppModule.register(config),
});
