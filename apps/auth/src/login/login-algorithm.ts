import type { SigningAlgorithm } from '@eventzr/auth';
import { ConfigError } from '@eventzr/config';
import type { Account } from '../accounts/account.js';
import type { AuthConfig } from '../config.js';
import { mayBeLegacy } from '../tokens/token-minter.js';

export type LoginRoute = 'login' | 'login/email';

/** @throws ConfigError when `/login/email` shall sign with a secret that is not there */
export function assertLoginAlgorithm({ loginEmailAlg, jwtHs256Secret }: AuthConfig): void {
  if (loginEmailAlg === 'HS256' && jwtHs256Secret === undefined)
    throw new ConfigError(['JWT_HS256_SECRET is needed by LOGIN_EMAIL_ALG=HS256']);
}

/** How the tokens of this log-in are signed. The legacy issuer may not assert `admin` unless it is allowed to. */
export function loginAlgorithm(route: LoginRoute, account: Account, config: AuthConfig): SigningAlgorithm {
  if (route !== 'login/email' || config.loginEmailAlg !== 'HS256') return 'RS256';
  return mayBeLegacy(account, config) ? 'HS256' : 'RS256';
}
