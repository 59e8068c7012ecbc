import { Body, Controller, Post } from '@nestjs/common';
import { Authenticated, CurrentUser, Public } from '@eventzr/auth';
import { Group, HttpErrors, type Principal, RateLimit, Route } from '@eventzr/http';
import { AuthErrors } from '../auth.errors.js';
import { ChangePasswordService } from './change-password.service.js';
import {
  AcceptedView,
  ChangePasswordBody,
  ForgotPasswordBody,
  PasswordChangedView,
  ResetPasswordBody,
} from './passwords.dto.js';
import { ResetPasswordService } from './reset-password.service.js';

@Group('Password', 'Change it, or choose a new one by mail.')
@Controller('password')
export class PasswordsController {
  constructor(
    private readonly changes: ChangePasswordService,
    private readonly resets: ResetPasswordService,
  ) {}

  @Post()
  @Authenticated()
  @Route({
    summary: 'Change the password',
    description: 'Needs the current one. Ends all other sessions, and tells the owner by mail.',
    answer: PasswordChangedView,
    errors: [AuthErrors.INVALID_CREDENTIALS, AuthErrors.WEAK_PASSWORD, HttpErrors.UNAVAILABLE],
    unstored: true,
  })
  change(
    @CurrentUser() principal: Principal,
    @Body() body: ChangePasswordBody,
  ): Promise<PasswordChangedView> {
    return this.changes.change(principal, body);
  }

  @Post('forgot')
  @Public()
  @RateLimit({ by: 'ip', limit: 30, windowSeconds: 60 }, { by: 'account', limit: 5, windowSeconds: 3_600 })
  @Route({
    summary: 'Ask for a new password by mail',
    description: 'The same answer whether or not there is such an account. The token lives for an hour.',
    answer: AcceptedView,
    errors: [HttpErrors.RATE_LIMITED],
  })
  forgot(@Body() body: ForgotPasswordBody): Promise<AcceptedView> {
    return this.resets.forgot(body);
  }

  @Post('reset')
  @Public()
  @RateLimit({ by: 'ip', limit: 30, windowSeconds: 60 })
  @Route({
    summary: 'Choose a new password with a mailed token',
    description: 'The token works once. Ends all sessions and opens none: log in with the new password.',
    answer: PasswordChangedView,
    errors: [
      AuthErrors.LINK_INVALID,
      AuthErrors.WEAK_PASSWORD,
      AuthErrors.ACCOUNT_SUSPENDED,
      HttpErrors.RATE_LIMITED,
      HttpErrors.UNAVAILABLE,
    ],
  })
  reset(@Body() body: ResetPasswordBody): Promise<PasswordChangedView> {
    return this.resets.reset(body);
  }
}
