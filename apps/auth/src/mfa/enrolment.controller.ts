import { Body, Controller, Delete, Post } from '@nestjs/common';
import { Authenticated, CurrentUser } from '@eventzr/auth';
import { Group, HttpErrors, type Principal, Route } from '@eventzr/http';
import { AuthErrors } from '../auth.errors.js';
import { EnrolmentService } from './enrolment.service.js';
import {
  ActivateBody,
  EnrolmentView,
  PasswordBody,
  ProofBody,
  RecoveryCodesView,
  SecondFactorView,
} from './mfa.dto.js';

const PROOF_ERRORS = [
  HttpErrors.STEP_UP_REQUIRED,
  AuthErrors.INVALID_CREDENTIALS,
  AuthErrors.ACCOUNT_LOCKED,
  AuthErrors.MFA_INVALID_CODE,
  AuthErrors.MFA_NOT_ENABLED,
  HttpErrors.RATE_LIMITED,
];

@Group('Second factor', 'Codes of an authenticator app: at log-in, or later for services that ask.')
@Controller('mfa')
@Authenticated()
export class EnrolmentController {
  constructor(private readonly enrolment: EnrolmentService) {}

  @Post('totp/enroll')
  @Route({
    summary: 'Begin with an authenticator app',
    description:
      'Answers a secret to scan. Nothing changes before `/mfa/totp/activate` has seen a code of it. The first one needs a log-in of the last 15 minutes or the password in the body; replacing it needs the old one, shown in the last 5 minutes.',
    answer: EnrolmentView,
    errors: [
      AuthErrors.ACCOUNT_NOT_VERIFIED,
      HttpErrors.STEP_UP_REQUIRED,
      AuthErrors.INVALID_CREDENTIALS,
      AuthErrors.ACCOUNT_LOCKED,
    ],
    unstored: true,
  })
  enroll(@CurrentUser() principal: Principal, @Body() body: PasswordBody): Promise<EnrolmentView> {
    return this.enrolment.enroll(principal, body);
  }

  @Post('totp/activate')
  @Route({
    summary: 'Confirm an authenticator app with its first code',
    description: 'From now on log-ins ask for a code. The code of this call is used up.',
    answer: SecondFactorView,
    errors: [AuthErrors.MFA_INVALID_CODE, AuthErrors.MFA_NOT_ENABLED, HttpErrors.RATE_LIMITED],
    unstored: true,
  })
  activate(@CurrentUser() principal: Principal, @Body() { code }: ActivateBody): Promise<SecondFactorView> {
    return this.enrolment.activate(principal, code);
  }

  @Delete('totp')
  @Route({
    summary: 'Remove the second factor and its recovery codes',
    description:
      'Needs a code in the body; or the password, in a session that showed a second factor before; or a second factor shown in the last 5 minutes. Not for accounts that must have one.',
    answer: SecondFactorView,
    errors: [...PROOF_ERRORS, AuthErrors.MFA_REQUIRED_BY_POLICY],
    unstored: true,
  })
  remove(@CurrentUser() principal: Principal, @Body() body: ProofBody): Promise<SecondFactorView> {
    return this.enrolment.remove(principal, body);
  }

  @Post('recovery-codes')
  @Route({
    summary: 'Ten one-time codes for the day the authenticator is lost',
    description:
      'Shown this once. Each is taken by `/mfa/totp/verify` in place of a code, once. Codes made before stop working. Needs the same proof as removing the second factor.',
    answer: RecoveryCodesView,
    errors: PROOF_ERRORS,
    unstored: true,
  })
  makeRecoveryCodes(
    @CurrentUser() principal: Principal,
    @Body() body: ProofBody,
  ): Promise<RecoveryCodesView> {
    return this.enrolment.makeRecoveryCodes(principal, body);
  }
}
