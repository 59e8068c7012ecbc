import { Describe, Example, Fault } from '@eventzr/http';
import {
  IsArray,
  IsBoolean,
  IsDateString,
  IsNotEmpty,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
} from 'class-validator';
import { AuthErrors } from '../auth.errors.js';

/** Six digits of the authenticator, or a recovery code, with or without its hyphens. */
const CODE = /^(\d{6}|[A-Za-z2-7]{4}(-?[A-Za-z2-7]{4}){3})$/;

export class VerifyTotpBody {
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(4096)
  @Describe(
    'From a log-in that answered mfaRequired. Absent: the code lifts the session of the Bearer token.',
  )
  mfaToken?: string;

  @IsString()
  @Matches(CODE)
  @Fault(AuthErrors.MFA_INVALID_CODE, ['matches'])
  @Example('123456', 'Six digits of the authenticator, or a recovery code.')
  code!: string;
}

export class ActivateBody {
  @IsString()
  @Matches(/^\d{6}$/)
  @Fault(AuthErrors.MFA_INVALID_CODE, ['matches'])
  @Example('123456')
  code!: string;
}

/** That the caller is the owner: one of the two, or neither when a second factor was shown in the last 5 minutes. */
export class ProofBody {
  @IsOptional()
  @IsString()
  @Matches(CODE)
  @Fault(AuthErrors.MFA_INVALID_CODE, ['matches'])
  @Example('123456', 'Six digits of the authenticator, or a recovery code.')
  code?: string;

  @IsOptional()
  @IsString()
  @MaxLength(1024)
  @Describe('Counts in sessions that showed a second factor before.')
  password?: string;
}

/** That the caller is the owner, when the log-in was more than 15 minutes ago. */
export class PasswordBody {
  @IsOptional()
  @IsString()
  @MaxLength(1024)
  password?: string;
}

/** What an authenticator app needs, shown once. */
export class EnrolmentView {
  @IsString()
  @Example('JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', 'Base32, for apps that cannot scan.')
  secret!: string;

  @IsString()
  @Example(
    'otpauth://totp/EventZR:user%40eventzr.com?issuer=EventZR&secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&algorithm=SHA1&digits=6&period=30',
  )
  otpauthUri!: string;

  @IsString()
  @Example('data:image/png;base64,iVBORw0KGgo...', 'The same as a QR code: a PNG.')
  qrCode!: string;

  @IsDateString()
  @Describe('When the enrolment lapses unless a code confirmed it.')
  expiresAt!: string;
}

export class SecondFactorView {
  @IsBoolean()
  mfaEnabled!: boolean;
}

export class RecoveryCodesView {
  @IsArray()
  @IsString({ each: true })
  @Example(['JBSW-Y3DP-EHPK-3PXP'])
  codes!: string[];
}
