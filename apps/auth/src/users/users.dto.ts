import { Describe, Example, Nullable, PageQuery } from '@eventzr/http';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsDateString,
  IsEmail,
  IsIn,
  IsNotEmpty,
  IsOptional,
  IsString,
  IsUUID,
  MaxLength,
} from 'class-validator';
import { IsName } from '../accounts/name-rules.js';
import { IsNewPassword } from '../passwords/password-rules.js';

export const ROLES = ['user', 'organizer', 'admin', 'partner', 'developer'] as const;
export const STATUSES = ['active', 'suspended'] as const;
export type AssignableRole = (typeof ROLES)[number];
export type Status = (typeof STATUSES)[number];

export class ListUsersQuery extends PageQuery {
  @IsOptional()
  @IsIn(STATUSES)
  status?: Status;

  @IsOptional()
  @IsIn(ROLES)
  role?: AssignableRole;

  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(100)
  @Describe('Part of the e-mail address or of the name.')
  search?: string;
}

/** A person who is to have an account. */
export class NewPerson {
  @IsEmail()
  @MaxLength(254)
  @Example('ona.organizer@example.com')
  email!: string;

  @IsName(200)
  @Example('Ona Organizer')
  displayName!: string;

  @IsOptional()
  @IsNewPassword()
  @Describe(
    'Absent: the account has none until its owner chooses one with the mailed invitation, or through /password/forgot.',
  )
  password?: string;
}

export class CreateUserBody extends NewPerson {
  @IsOptional()
  @IsArray()
  @ArrayUnique()
  @ArrayMaxSize(ROLES.length)
  @IsIn(ROLES, { each: true })
  @Example(['user', 'organizer'], 'Default: user, which everyone has.')
  roles?: AssignableRole[];
}

export class ChangeUserBody {
  @IsOptional()
  @IsName(200)
  displayName?: string;

  @IsOptional()
  @IsArray()
  @ArrayUnique()
  @ArrayMinSize(1)
  @ArrayMaxSize(ROLES.length)
  @IsIn(ROLES, { each: true })
  @Example(['user', 'organizer'], 'All of them; tokens say so from the next refresh on.')
  roles?: AssignableRole[];

  @IsOptional()
  @IsIn(STATUSES)
  @Describe('suspended: no service takes the account’s tokens, within 5 seconds; active: lifts it.')
  status?: Status;

  @IsOptional()
  @IsIn(['off', 'always'])
  @Describe('always: the account keeps its second factor, which it must have.')
  mfaPolicy?: 'off' | 'always';
}

/** An account as administrators see it. */
export class ManagedUserView {
  @IsUUID('all')
  id!: string;

  @IsUUID('all')
  tenantId!: string;

  @IsString()
  @Example('organizer@eventzr.com')
  email!: string;

  @IsBoolean()
  emailVerified!: boolean;

  @IsString()
  @Example('Olga Organizer')
  displayName!: string;

  @IsArray()
  @IsString({ each: true })
  @Example(['user', 'organizer'])
  roles!: string[];

  @Nullable()
  @IsString()
  @Example('professional')
  planTier!: string | null;

  @IsIn(STATUSES)
  status!: string;

  @IsIn(['off', 'step_up', 'always'])
  mfaPolicy!: string;

  @IsBoolean()
  mfaEnabled!: boolean;

  @IsDateString()
  createdAt!: string;

  @IsDateString()
  updatedAt!: string;
}

export class UnlockedView {
  @IsBoolean()
  unlocked!: boolean;
}

export class DeletedUserView {
  @IsUUID('all')
  id!: string;

  @IsBoolean()
  deleted!: boolean;
}
