import { Injectable } from '@nestjs/common';
import { isSuspended, type Account } from '../accounts/account.js';
import { AccountsRepository } from '../accounts/accounts.repository.js';
import { AuthErrors } from '../auth.errors.js';
import type { TokenPair } from '../sessions/sessions.dto.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { TokenReader } from '../tokens/token-reader.js';
import { BearerCheck } from './bearer-check.js';
import type { VerifyTotpBody } from './mfa.dto.js';
import { TotpCheck } from './totp-check.js';

/** The second factor: at log-in for accounts that always need it, later for those that a service asks. */
@Injectable()
export class MfaService {
  constructor(
    private readonly totp: TotpCheck,
    private readonly accounts: AccountsRepository,
    private readonly sessions: SessionsService,
    private readonly reader: TokenReader,
    private readonly bearer: BearerCheck,
  ) {}

  verify({ mfaToken, code }: VerifyTotpBody): Promise<TokenPair> {
    return mfaToken === undefined ? this.stepUp(code) : this.finishLogIn(mfaToken, code);
  }

  private async finishLogIn(mfaToken: string, code: string): Promise<TokenPair> {
    const { tenantId, userId, algorithm, issuedAtSeconds } = await this.reader.challenge(mfaToken);
    const account = await this.accountOf(tenantId, userId);
    // The password that was shown for it is no longer the account's.
    if ((account.passwordChangedAt?.getTime() ?? 0) >= issuedAtSeconds * 1000)
      throw AuthErrors.SESSION_EXPIRED();
    await this.totp.check(account, code);
    return this.sessions.open(account, { algorithm, otp: true });
  }

  private async stepUp(code: string): Promise<TokenPair> {
    const principal = await this.bearer.principal();
    const account = await this.accountOf(principal.tenantId, principal.userId);
    await this.totp.check(account, code);
    return this.sessions.stepUp(principal);
  }

  private async accountOf(tenantId: string, userId: string): Promise<Account> {
    const account = await this.accounts.find(tenantId, userId);
    if (account === undefined) throw AuthErrors.SESSION_EXPIRED();
    if (isSuspended(account)) throw AuthErrors.ACCOUNT_SUSPENDED();
    return account;
  }
}
