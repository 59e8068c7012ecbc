import { Injectable } from '@nestjs/common';
import { tokenInvalid } from '@eventzr/auth';
import { isSuspended, passwordSetMs, type Account } from '../accounts/account.js';
import { AccountsRepository } from '../accounts/accounts.repository.js';
import { AuthErrors } from '../auth.errors.js';
import type { TokenPair } from '../sessions/sessions.dto.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { SpentChallenges } from '../tokens/spent-challenges.repository.js';
import { TokenReader, type ChallengeClaims } from '../tokens/token-reader.js';
import { BearerCheck } from './bearer-check.js';
import type { VerifyTotpBody } from './mfa.dto.js';
import { SecondFactorCheck } from './second-factor-check.js';

/** Challenges of log-ins that wait for a code. */
@Injectable()
export class Challenges {
  constructor(
    private readonly reader: TokenReader,
    private readonly spent: SpentChallenges,
  ) {}

  /** @throws TOKEN_INVALID, TOKEN_EXPIRED */
  read(mfaToken: string): Promise<ChallengeClaims> {
    return this.reader.challenge(mfaToken);
  }

  /** @throws TOKEN_INVALID when it has opened a session */
  async spend(challenge: ChallengeClaims): Promise<void> {
    if (!(await this.spent.spend(challenge))) throw tokenInvalid('the challenge was answered before');
  }
}

/** The second factor: at log-in for accounts that always need it, later for those that a service asks. */
@Injectable()
export class MfaService {
  constructor(
    private readonly codes: SecondFactorCheck,
    private readonly accounts: AccountsRepository,
    private readonly sessions: SessionsService,
    private readonly challenges: Challenges,
    private readonly bearer: BearerCheck,
  ) {}

  verify({ mfaToken, code }: VerifyTotpBody): Promise<TokenPair> {
    return mfaToken === undefined ? this.stepUp(code) : this.finishLogIn(mfaToken, code);
  }

  private async finishLogIn(mfaToken: string, code: string): Promise<TokenPair> {
    const challenge = await this.challenges.read(mfaToken);
    const account = await this.accountOf(challenge.tenantId, challenge.userId);
    // The password that was shown for it is no longer the account's.
    if (passwordSetMs(account) !== challenge.passwordSetMs) throw AuthErrors.SESSION_EXPIRED();
    await this.codes.check(account, code, () => this.challenges.spend(challenge));
    return this.sessions.open(account, { algorithm: challenge.algorithm, otp: true });
  }

  private async stepUp(code: string): Promise<TokenPair> {
    const principal = await this.bearer.principal();
    const account = await this.accountOf(principal.tenantId, principal.userId);
    await this.codes.check(account, code);
    return this.sessions.stepUp(principal);
  }

  private async accountOf(tenantId: string, userId: string): Promise<Account> {
    const account = await this.accounts.find(tenantId, userId);
    if (account === undefined) throw AuthErrors.SESSION_EXPIRED();
    if (isSuspended(account)) throw AuthErrors.ACCOUNT_SUSPENDED();
    return account;
  }
}
