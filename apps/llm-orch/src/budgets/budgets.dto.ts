import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsNumber,
  IsOptional,
  IsUUID,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { Describe, Example } from '@eventzr/http';

const HIGHEST_USD = 1_000_000;

/** Ceilings in USD; an absent one does not limit. */
export class BudgetLimits {
  @IsOptional()
  @IsNumber({ maxDecimalPlaces: 6 })
  @Min(0)
  @Max(HIGHEST_USD)
  @Example(25, 'USD per calendar day, UTC.')
  dayUsd?: number;

  @IsOptional()
  @IsNumber({ maxDecimalPlaces: 6 })
  @Min(0)
  @Max(HIGHEST_USD)
  @Example(400, 'USD per calendar month, UTC.')
  monthUsd?: number;
}

export class UserBudget extends BudgetLimits {
  @IsUUID('all')
  userId!: string;
}

/** All budgets of a tenant; what is left out is not limited. */
export class BudgetsBody {
  @IsOptional()
  @ValidateNested()
  @Type(() => BudgetLimits)
  @Describe('Of the tenant as a whole.')
  tenant?: BudgetLimits;

  @IsOptional()
  @ValidateNested()
  @Type(() => BudgetLimits)
  @Describe('Of each user who has no limit of their own.')
  eachUser?: BudgetLimits;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(1_000)
  @ValidateNested({ each: true })
  @Type(() => UserBudget)
  users?: UserBudget[];
}

/** What one subject spent and holds in the current day or month. */
export class BudgetWindowView {
  @IsNumber()
  @Example(1.25)
  spentUsd!: number;

  @IsNumber()
  @Example(0.02, 'Bounds of calls under way.')
  heldUsd!: number;
}

export class BudgetWindowsView {
  @ValidateNested()
  @Type(() => BudgetWindowView)
  day!: BudgetWindowView;

  @ValidateNested()
  @Type(() => BudgetWindowView)
  month!: BudgetWindowView;
}

export class BudgetsView extends BudgetsBody {
  @ValidateNested()
  @Type(() => BudgetWindowsView)
  @Describe('What the tenant has spent; counted while any budget is set.')
  current!: BudgetWindowsView;
}
