import { Body, Controller, Post } from '@nestjs/common';
import { Public } from '@eventzr/auth';
import { Group, HttpErrors, RateLimit, Route, type RouteOptions } from '@eventzr/http';
import { AuthErrors } from '../auth.errors.js';
import { LoginBody, LoginView } from './login.dto.js';
import { LoginService } from './login.service.js';

const ROUTE = {
  answer: LoginView,
  errors: [
    AuthErrors.INVALID_CREDENTIALS,
    AuthErrors.ACCOUNT_SUSPENDED,
    AuthErrors.ACCOUNT_NOT_VERIFIED,
    AuthErrors.ACCOUNT_LOCKED,
    AuthErrors.MAX_SESSIONS_REACHED,
    AuthErrors.SESSION_EXPIRED,
    HttpErrors.TENANT_MISMATCH,
    HttpErrors.RATE_LIMITED,
    HttpErrors.UNAVAILABLE,
  ],
  examples: { developer: { email: 'dev@eventzr.com', password: 'Password123!' } },
} satisfies Partial<RouteOptions>;

@Group('Log in', 'From e-mail and password to a pair of tokens.')
@Controller('login')
@RateLimit({ by: 'ip', limit: 60, windowSeconds: 60 }, { by: 'account', limit: 20, windowSeconds: 60 })
export class LoginController {
  constructor(private readonly login: LoginService) {}

  @Post()
  @Public()
  @Route({
    ...ROUTE,
    summary: 'Log in with e-mail and password',
    description:
      'The tenant follows from the e-mail address. `x-tenant-id` is optional and must match when sent.',
  })
  logIn(@Body() body: LoginBody): Promise<LoginView> {
    return this.login.logIn('login', body);
  }

  @Post('email')
  @Public()
  @Route({
    ...ROUTE,
    summary: 'Log in with e-mail and password (as `/login`)',
    description:
      'The same as `/login`. Installations with a legacy issuer may sign its access tokens with HS256.',
  })
  logInByEmail(@Body() body: LoginBody): Promise<LoginView> {
    return this.login.logIn('login/email', body);
  }
}
