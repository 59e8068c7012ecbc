import { currentContext, HttpErrors } from '@eventzr/http';
import type { WalletChoice } from './wallet-api.js';

/**
 * The caller's `x-wallet`, or null to let the wallet choose.
 * @throws VALIDATION_FAILED 400 for anything but `user` and `team`
 */
export function walletChoice(): WalletChoice | null {
  const header = currentContext()?.headers['x-wallet'];
  if (header === undefined) return null;
  if (header === 'user' || header === 'team') return header;
  throw HttpErrors.VALIDATION_FAILED([
    { field: 'x-wallet', rule: 'isIn', message: 'x-wallet must be user or team' },
  ]);
}
