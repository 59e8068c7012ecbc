import { Example } from '@eventzr/http';
import { IsArray, IsBoolean, IsDateString, IsIn, IsOptional, IsString, IsUUID } from 'class-validator';
import { IsName } from '../accounts/name-rules.js';

export class ProfileBody {
  @IsOptional()
  @IsName(200)
  @Example('Ada Lovelace')
  displayName?: string;
}

/** The caller's own account. */
export class ProfileView {
  @IsUUID('all')
  id!: string;

  @IsUUID('all')
  tenantId!: string;

  @IsString()
  @Example('EventZR')
  tenantName!: string;

  @IsString()
  @Example('dev@eventzr.com')
  email!: string;

  @IsBoolean()
  emailVerified!: boolean;

  @IsString()
  @Example('Dev Account')
  displayName!: string;

  @IsArray()
  @IsString({ each: true })
  @Example(['user'])
  roles!: string[];

  @IsOptional()
  @IsString()
  @Example('professional')
  planTier!: string | null;

  @IsIn(['BASE', 'PRO', 'ENTERPRISE'])
  tier!: string;

  @IsIn(['off', 'step_up', 'always'])
  mfaPolicy!: string;

  @IsBoolean()
  mfaEnabled!: boolean;

  @IsDateString()
  createdAt!: string;
}
