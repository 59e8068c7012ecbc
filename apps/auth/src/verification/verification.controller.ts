import { Body, Controller, Post } from '@nestjs/common';
import { Public } from '@eventzr/auth';
import { Group, HttpErrors, RateLimit, Route } from '@eventzr/http';
import { AuthErrors } from '../auth.errors.js';
import { AcceptedView } from '../passwords/passwords.dto.js';
import { ResendBody, VerifiedView, VerifyEmailBody } from './verification.dto.js';
import { VerificationService } from './verification.service.js';

@Group('Sign up', 'A new account, in a tenant of its own.')
@Controller('email/verify')
export class VerificationController {
  constructor(private readonly verification: VerificationService) {}

  @Post()
  @Public()
  @RateLimit({ by: 'ip', limit: 60, windowSeconds: 60 })
  @Route({
    summary: 'Confirm an e-mail address with a mailed token',
    description: 'The token works once and lives for 24 hours.',
    answer: VerifiedView,
    errors: [AuthErrors.LINK_INVALID, HttpErrors.RATE_LIMITED],
  })
  verify(@Body() body: VerifyEmailBody): Promise<VerifiedView> {
    return this.verification.verify(body);
  }

  @Post('resend')
  @Public()
  @RateLimit({ by: 'ip', limit: 30, windowSeconds: 60 }, { by: 'account', limit: 5, windowSeconds: 3_600 })
  @Route({
    summary: 'Ask for the confirmation mail again',
    description: 'The same answer whether or not there is such an account, confirmed or not.',
    answer: AcceptedView,
    errors: [HttpErrors.RATE_LIMITED],
  })
  resend(@Body() body: ResendBody): Promise<AcceptedView> {
    return this.verification.resend(body);
  }
}
