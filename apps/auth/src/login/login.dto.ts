import { Example, Describe } from '@eventzr/http';
import {
  IsArray,
  IsBoolean,
  IsEmail,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { Type } from 'class-transformer';
import { UserView } from '../sessions/sessions.dto.js';

export class LoginBody {
  @IsEmail()
  @MaxLength(254)
  @Example('dev@eventzr.com')
  email!: string;

  /** An absent password is a wrong one, not another kind of mistake. */
  @IsOptional()
  @IsString()
  @MaxLength(1024)
  @Example('Password123!')
  password?: string;
}

/** A token pair; or, for accounts that always need a second factor, the challenge to answer at `/mfa/totp/verify`. */
export class LoginView {
  @IsOptional()
  @IsString()
  @Example('eyJhbGciOiJSUzI1NiIs...')
  accessToken?: string;

  @IsOptional()
  @IsString()
  @Example('eyJhbGciOiJSUzI1NiIs...')
  refreshToken?: string;

  @IsOptional()
  @IsIn(['Bearer'])
  tokenType?: 'Bearer';

  @IsOptional()
  @IsInt()
  @Example(3600)
  expiresIn?: number;

  @IsOptional()
  @ValidateNested()
  @Type(() => UserView)
  user?: UserView;

  @IsOptional()
  @IsBoolean()
  @Describe('True: no tokens yet; send mfaToken and a code to /mfa/totp/verify within 5 minutes.')
  mfaRequired?: true;

  @IsOptional()
  @IsString()
  mfaToken?: string;

  @IsOptional()
  @IsArray()
  @IsIn(['totp'], { each: true })
  availableMethods?: 'totp'[];
}
