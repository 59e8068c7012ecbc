import { Describe, Example } from '@eventzr/http';
import { IsEmail, IsOptional, MaxLength } from 'class-validator';
import { IsName } from '../accounts/name-rules.js';
import { IsNewPassword } from '../passwords/password-rules.js';

export class SignUpBody {
  @IsEmail({ allow_utf8_local_part: false })
  @MaxLength(254)
  @Example('ada@example.com')
  email!: string;

  @IsNewPassword()
  @Example('a tent, a stage and rain')
  password!: string;

  @IsName(100)
  @Example('Ada')
  firstName!: string;

  @IsOptional()
  @IsName(100)
  @Example('Lovelace')
  lastName?: string;

  @IsOptional()
  @IsName(200)
  @Example('Engine Festivals')
  @Describe('What the new tenant is called. Default: the person’s name.')
  organizationName?: string;
}
