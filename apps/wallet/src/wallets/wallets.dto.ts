import { Type } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsDateString,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { Describe, Example, IsInstant, Nullable } from '@eventzr/http';
import { IsAnyUuid } from './uuid.js';

/** Credits that came in together, and how many of them are left. */
export class GrantView {
  @IsAnyUuid()
  id!: string;

  @IsString()
  @Example('plan', 'What brought them: plan, trial, top_up, refund, seed.')
  source!: string;

  @IsInt()
  @Example(1000)
  amount!: number;

  @IsInt()
  @Example(640)
  remaining!: number;

  @IsInt()
  @Example(100, 'Lower is spent first.')
  priority!: number;

  @IsBoolean()
  promotional!: boolean;

  @Nullable()
  @IsDateString()
  expiresAt!: string | null;

  @IsDateString()
  createdAt!: string;
}

export class WalletView {
  @IsAnyUuid()
  id!: string;

  @IsIn(['user', 'team'])
  kind!: 'user' | 'team';

  @IsAnyUuid()
  @Describe("The user's id, or the tenant's for the team wallet.")
  ownerId!: string;

  @IsInt()
  @Example(9360)
  available!: number;

  @IsInt()
  @Example(40, 'Set aside for operations that have not ended.')
  held!: number;

  @IsIn(['credits'])
  currency!: 'credits';

  @IsBoolean()
  frozen!: boolean;

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => GrantView)
  grants!: GrantView[];
}

/** Which tenant's wallet a platform administrator means. */
class TenantChoice {
  @IsOptional()
  @IsAnyUuid()
  @Describe("Default: the caller's own tenant.")
  tenantId?: string;
}

export class TopUpBody extends TenantChoice {
  @IsInt()
  @Min(1)
  @Max(1_000_000_000)
  @Example(500)
  amount!: number;

  @IsOptional()
  @IsInstant()
  @Describe('When what is left of these credits is lost, an instant ahead; absent: never.')
  expiresAt?: string;

  @IsOptional()
  @IsBoolean()
  promotional?: boolean;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(1_000)
  @Example(100, 'Lower is spent first.')
  priority?: number;

  @IsOptional()
  @IsString()
  @MaxLength(200)
  @Example('goodwill')
  reason?: string;
}

export class FreezeBody extends TenantChoice {
  @IsOptional()
  @IsString()
  @MaxLength(200)
  @Example('chargeback under review')
  reason?: string;
}

export class UnfreezeBody extends TenantChoice {}
