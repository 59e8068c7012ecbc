import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsDateString,
  IsIn,
  IsInt,
  IsOptional,
  Max,
  Min,
} from 'class-validator';
import { Describe, Example, Nullable } from '@eventzr/http';
import { IsAnyUuid } from '../wallets/uuid.js';

export const POLICY_ROLES = ['user', 'organizer', 'admin', 'partner', 'developer'] as const;
export type PolicyRole = (typeof POLICY_ROLES)[number];

export class TeamPolicyBody {
  @IsArray()
  @ArrayUnique()
  @ArrayMaxSize(POLICY_ROLES.length)
  @IsIn([...POLICY_ROLES], { each: true })
  @Example(['organizer', 'admin'], "Roles that may spend the team's credits; a role includes those above it.")
  roles!: PolicyRole[];

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(1_000_000_000)
  @Describe('Most credits of the team that one user may use per UTC day; absent or null: no limit.')
  dailyCapCredits?: number | null;
}

export class TeamPolicyView {
  @IsArray()
  @IsIn([...POLICY_ROLES], { each: true })
  roles!: PolicyRole[];

  @Nullable()
  @IsInt()
  dailyCapCredits!: number | null;

  @Nullable()
  @IsAnyUuid()
  updatedBy!: string | null;

  @Nullable()
  @IsDateString()
  updatedAt!: string | null;
}
