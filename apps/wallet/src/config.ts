import type { Environment } from '@eventzr/config';
import { HouseConfig } from '@eventzr/config';

/** Wallet's environment: the house's, nothing more. */
export class WalletConfig extends HouseConfig {}

/** The process environment: read here and nowhere else in this service. */
export function environment(): Environment {
  return process.env;
}
