export * from './token-mint.js';
export * from './database.js';
export { FakeWallet, type WalletFailure } from './fake-wallet.js';
export type { FakeHold } from './fake-wallet-ledger.js';
export * from './service.js';
export * from './service-process.js';
export * from './seed.js';
export * from './guarded-app.js';
export * from './raw-request.js';
