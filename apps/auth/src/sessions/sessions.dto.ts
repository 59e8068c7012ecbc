import { Describe, Example, Nullable } from '@eventzr/http';
import {
  IsArray,
  IsBoolean,
  IsDateString,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  IsUUID,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { Type } from 'class-transformer';

export class RefreshBody {
  @IsString()
  @IsNotEmpty()
  @MaxLength(4096)
  @Example('eyJhbGciOiJSUzI1NiIs...')
  refreshToken!: string;
}

/** Who logged in. */
export class UserView {
  @IsUUID('all')
  id!: string;

  @IsUUID('all')
  tenantId!: string;

  @IsString()
  @Example('dev@eventzr.com')
  email!: string;

  @IsString()
  @Example('Dev Account')
  displayName!: string;

  @IsArray()
  @IsString({ each: true })
  @Example(['user', 'organizer'])
  roles!: string[];

  @IsOptional()
  @IsString()
  @Example('professional')
  planTier!: string | null;
}

/** An access token for every service, and a refresh token for the next one. */
export class TokenPair {
  @IsString()
  @Example('eyJhbGciOiJSUzI1NiIs...')
  accessToken!: string;

  @IsString()
  @Example('eyJhbGciOiJSUzI1NiIs...')
  refreshToken!: string;

  @IsIn(['Bearer'])
  tokenType!: 'Bearer';

  @IsInt()
  @Describe('Seconds that the access token lives.')
  @Example(3600)
  expiresIn!: number;

  @ValidateNested()
  @Type(() => UserView)
  user!: UserView;
}

export class LogoutView {
  @IsBoolean()
  loggedOut!: boolean;
}

/** One log-in of the caller that can still be used. */
export class SessionView {
  @IsUUID('all')
  id!: string;

  @IsBoolean()
  @Describe('True for the session of this request.')
  current!: boolean;

  @Nullable()
  @IsString()
  @Example('Mozilla/5.0 (X11; Linux x86_64)', 'What the device called itself at log-in.')
  device!: string | null;

  @Nullable()
  @IsString()
  @Example('203.0.113.7', 'Where the log-in came from.')
  address!: string | null;

  @IsBoolean()
  @Describe('Whether a second factor was shown in it, ever.')
  secondFactor!: boolean;

  @IsDateString()
  createdAt!: string;

  @IsDateString()
  @Describe('The log-in or the last refresh.')
  lastUsedAt!: string;

  @IsDateString()
  expiresAt!: string;
}

export class LogoutAllView {
  @IsInt()
  @Example(3, 'How many sessions ended, this one included.')
  ended!: number;
}
