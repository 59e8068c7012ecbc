import { Injectable } from '@nestjs/common';
import { assertTenant } from '@eventzr/auth';
import { Clock } from '@eventzr/config';
import { currentContext } from '@eventzr/http';
import { asksForCode, isOverdue, isSuspended, type Account } from '../accounts/account.js';
import { AccountsRepository } from '../accounts/accounts.repository.js';
import { AttemptsRepository } from '../attempts/attempts.repository.js';
import { AuthErrors } from '../auth.errors.js';
import { AuthConfig } from '../config.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { TokenMinter } from '../tokens/token-minter.js';
import { loginAlgorithm, type LoginRoute } from './login-algorithm.js';
import type { LoginBody, LoginView } from './login.dto.js';
import { PasswordCheck } from './password-check.js';

/** What opening a session takes. */
@Injectable()
export class LoginParts {
  constructor(
    readonly accounts: AccountsRepository,
    readonly attempts: AttemptsRepository,
    readonly sessions: SessionsService,
    readonly minter: TokenMinter,
    readonly config: AuthConfig,
    readonly clock: Clock,
  ) {}
}

/** Log-in with e-mail and password. */
@Injectable()
export class LoginService {
  constructor(
    private readonly passwords: PasswordCheck,
    private readonly parts: LoginParts,
  ) {}

  /**
   * Everything beyond INVALID_CREDENTIALS is told only to those who know the password.
   * @throws INVALID_CREDENTIALS, ACCOUNT_LOCKED, ACCOUNT_SUSPENDED, ACCOUNT_NOT_VERIFIED, TENANT_MISMATCH
   */
  async logIn(route: LoginRoute, { email, password }: LoginBody): Promise<LoginView> {
    const address = email.toLowerCase();
    const proof = await this.passwords.check(address, password ?? '');
    const account = await this.parts.accounts.find(proof.tenantId, proof.userId);
    if (account?.passwordChangedAt?.getTime() !== proof.passwordChangedAt?.getTime() || account === undefined)
      throw AuthErrors.INVALID_CREDENTIALS();
    assertTenant(currentContext()?.headers['x-tenant-id'], account.tenantId);
    if (isSuspended(account)) throw AuthErrors.ACCOUNT_SUSPENDED();
    if (isOverdue(account, this.parts.clock.now())) throw AuthErrors.ACCOUNT_NOT_VERIFIED();
    await this.parts.attempts.clear(proof.subject);
    return this.admit(account, route);
  }

  private async admit(account: Account, route: LoginRoute): Promise<LoginView> {
    const algorithm = loginAlgorithm(route, account, this.parts.config);
    if (!asksForCode(account)) return this.parts.sessions.open(account, { algorithm, otp: false });
    const mfaToken = await this.parts.minter.challenge(account, algorithm);
    return { mfaRequired: true, mfaToken, availableMethods: ['totp'] };
  }
}
