import { Body, Controller, Post } from '@nestjs/common';
import { Public } from '@eventzr/auth';
import { Group, HttpErrors, RateLimit, type Reply, Route } from '@eventzr/http';
import { AuthErrors } from '../auth.errors.js';
import { TokenPair } from '../sessions/sessions.dto.js';
import { SignUpBody } from './signup.dto.js';
import { SignupService } from './signup.service.js';

@Group('Sign up', 'A new account, in a tenant of its own.')
@Controller('signup')
export class SignupController {
  constructor(private readonly signup: SignupService) {}

  @Post('email')
  @Public()
  @RateLimit({ by: 'ip', limit: 30, windowSeconds: 3_600 }, { by: 'account', limit: 5, windowSeconds: 3_600 })
  @Route({
    summary: 'Sign up with e-mail and password',
    description:
      'Makes an account and a tenant that it administers, and logs it in. A mail asks to confirm the address; log-ins without that are refused after 24 hours. `x-tenant-id` is not taken: administrators add people to existing tenants.',
    answer: TokenPair,
    status: 201,
    errors: [
      AuthErrors.EMAIL_TAKEN,
      AuthErrors.WEAK_PASSWORD,
      HttpErrors.TENANT_MISMATCH,
      HttpErrors.RATE_LIMITED,
      HttpErrors.UNAVAILABLE,
    ],
  })
  signUp(@Body() body: SignUpBody): Promise<Reply<TokenPair>> {
    return this.signup.signUp(body);
  }
}
