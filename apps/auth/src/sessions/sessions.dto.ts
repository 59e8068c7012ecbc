import { Example, Describe } from '@eventzr/http';
import {
  IsArray,
  IsBoolean,
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
