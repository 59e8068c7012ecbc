import { Body, Controller, Post } from '@nestjs/common';
import { Public } from '@eventzr/auth';
import { Group, HttpErrors, RateLimit, Route } from '@eventzr/http';
import { AuthErrors } from '../auth.errors.js';
import { TokenPair } from '../sessions/sessions.dto.js';
import { VerifyTotpBody } from './mfa.dto.js';
import { MfaService } from './mfa.service.js';

@Group('Second factor', 'Codes of an authenticator app: at log-in, or later for services that ask.')
@Controller('mfa/totp')
export class MfaController {
  constructor(private readonly mfa: MfaService) {}

  @Post('verify')
  @Public()
  @RateLimit({ by: 'ip', limit: 60, windowSeconds: 60 })
  @Route({
    summary: 'Show a second factor',
    description:
      'With `mfaToken`: ends a log-in. With a Bearer token instead: lifts its session for 12 hours, for services that answer STEP_UP_REQUIRED. Each code counts once; a recovery code is taken as well.',
    answer: TokenPair,
    errors: [
      HttpErrors.UNAUTHORIZED,
      HttpErrors.TOKEN_INVALID,
      HttpErrors.TOKEN_EXPIRED,
      HttpErrors.TOKEN_REVOKED,
      HttpErrors.RATE_LIMITED,
      AuthErrors.MFA_INVALID_CODE,
      AuthErrors.MFA_NOT_ENABLED,
      AuthErrors.SESSION_EXPIRED,
      AuthErrors.MAX_SESSIONS_REACHED,
      AuthErrors.ACCOUNT_SUSPENDED,
    ],
  })
  verify(@Body() body: VerifyTotpBody): Promise<TokenPair> {
    return this.mfa.verify(body);
  }
}
