import { Describe, Example } from '@eventzr/http';
import { IsBoolean, IsEmail, IsInt, IsNotEmpty, IsString, MaxLength } from 'class-validator';
import { IsNewPassword } from './password-rules.js';

export class ChangePasswordBody {
  @IsString()
  @IsNotEmpty()
  @MaxLength(1024)
  @Example('Password123!')
  currentPassword!: string;

  @IsNewPassword()
  @Example('a tent, a stage and rain')
  newPassword!: string;
}

export class ForgotPasswordBody {
  @IsEmail()
  @MaxLength(254)
  @Example('ada@example.com')
  email!: string;
}

export class ResetPasswordBody {
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  @Describe('From the mail.')
  token!: string;

  @IsNewPassword()
  @Example('a tent, a stage and rain')
  newPassword!: string;
}

export class PasswordChangedView {
  @IsBoolean()
  changed!: boolean;

  @IsInt()
  @Example(2)
  @Describe('How many sessions ended with it.')
  sessionsEnded!: number;
}

/** The same whether or not there is such an account. */
export class AcceptedView {
  @IsBoolean()
  accepted!: boolean;
}
