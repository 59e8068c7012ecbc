import { Body, Controller, Post } from '@nestjs/common';
import { Authenticated, CurrentUser, Public } from '@eventzr/auth';
import { Group, HttpErrors, type Principal, RateLimit, Route } from '@eventzr/http';
import { AuthErrors } from '../auth.errors.js';
import { LogoutView, RefreshBody, TokenPair } from './sessions.dto.js';
import { SessionsService } from './sessions.service.js';

@Group('Sessions', 'Go on with a session, or end it.')
@Controller()
export class SessionsController {
  constructor(private readonly sessions: SessionsService) {}

  @Post('refresh')
  @Public()
  @RateLimit({ by: 'ip', limit: 300, windowSeconds: 60 })
  @Route({
    summary: 'Exchange a refresh token for a new pair',
    description:
      'Each refresh token works once. The same token again within 10 seconds gets the same successor; later, or an older one, ends the session.',
    answer: TokenPair,
    errors: [
      HttpErrors.TOKEN_INVALID,
      HttpErrors.RATE_LIMITED,
      AuthErrors.REFRESH_TOKEN_EXPIRED,
      AuthErrors.REFRESH_REUSED,
      AuthErrors.SESSION_EXPIRED,
      AuthErrors.ACCOUNT_SUSPENDED,
      AuthErrors.ACCOUNT_NOT_VERIFIED,
    ],
  })
  refresh(@Body() { refreshToken }: RefreshBody): Promise<TokenPair> {
    return this.sessions.refresh(refreshToken);
  }

  @Post('logout')
  @Authenticated()
  @Route({
    summary: 'End this session',
    description: 'Ends the session of the access token on every service.',
    answer: LogoutView,
    unstored: true,
  })
  logout(@CurrentUser() principal: Principal): Promise<LogoutView> {
    return this.sessions.close(principal);
  }
}
