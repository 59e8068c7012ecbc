import { Describe, Example } from '@eventzr/http';
import { IsBoolean, IsEmail, IsNotEmpty, IsString, MaxLength } from 'class-validator';

export class VerifyEmailBody {
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  @Describe('From the mail.')
  token!: string;
}

export class VerifiedView {
  @IsBoolean()
  verified!: boolean;
}

export class ResendBody {
  @IsEmail()
  @MaxLength(254)
  @Example('ada@example.com')
  email!: string;
}
