import { Describe, Example, Fault } from '@eventzr/http';
import { IsNotEmpty, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { AuthErrors } from '../auth.errors.js';

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
  @Matches(/^\d{6}$/)
  @Fault(AuthErrors.MFA_INVALID_CODE, ['matches'])
  @Example('123456')
  code!: string;
}
