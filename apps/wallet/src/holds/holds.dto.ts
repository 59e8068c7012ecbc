import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsDateString,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { Describe, Example, IsInstant, Nullable, PageQuery } from '@eventzr/http';
import { IsAnyUuid } from '../wallets/uuid.js';

export const HOLD_STATES = ['open', 'captured', 'released', 'expired'] as const;
export type HoldState = (typeof HOLD_STATES)[number];

const MOST_CREDITS = 1_000_000_000;

/** Who asks, and which wallet they want to pay. */
class Payer {
  @IsAnyUuid()
  tenantId!: string;

  @IsAnyUuid()
  userId!: string;

  @IsArray()
  @ArrayMaxSize(20)
  @IsString({ each: true })
  @MaxLength(40, { each: true })
  @Example(['user'])
  roles!: string[];

  @IsOptional()
  @IsIn(['user', 'team'])
  @Describe("Absent: the user's wallet, then the team's.")
  walletChoice?: 'user' | 'team' | null;
}

export class ReserveBody extends Payer {
  @IsAnyUuid()
  @Describe("The caller's own id for the hold; sent again with the same fields it is answered the same way.")
  id!: string;

  @IsString()
  @Length(1, 80)
  @Example('images.generate')
  operation!: string;

  @IsString()
  @Length(1, 80)
  referenceId!: string;

  @IsInt()
  @Min(1)
  @Max(MOST_CREDITS)
  @Example(30)
  amount!: number;

  @IsInstant()
  @Describe('When the operation is over at the latest; the hold lives an hour longer.')
  deadline!: string;
}

export class QuoteBody extends Payer {
  @IsInt()
  @Min(0)
  @Max(MOST_CREDITS)
  @Example(30)
  amount!: number;
}

export class QuoteView {
  @IsAnyUuid()
  walletId!: string;

  @IsIn(['user', 'team'])
  kind!: 'user' | 'team';

  @IsInt()
  available!: number;

  @IsBoolean()
  sufficient!: boolean;
}

export class CaptureBody {
  @IsAnyUuid()
  tenantId!: string;

  @IsInt()
  @Min(0)
  @Max(MOST_CREDITS)
  @Example(25)
  amount!: number;
}

export class ReleaseBody {
  @IsAnyUuid()
  tenantId!: string;
}

export class HoldQuery {
  @IsAnyUuid()
  tenantId!: string;
}

/** A hold in the list of its wallet. */
export class HoldView {
  @IsAnyUuid()
  id!: string;

  @IsIn([...HOLD_STATES])
  state!: HoldState;

  @IsString()
  @Example('images.generate')
  operation!: string;

  @IsString()
  referenceId!: string;

  @IsAnyUuid()
  userId!: string;

  @IsInt()
  @Example(30)
  amount!: number;

  @IsInt()
  @Example(25)
  captured!: number;

  @IsInt()
  @Example(0, 'Charged after the hold had expired, but not covered any more.')
  uncollected!: number;

  @IsDateString()
  expiresAt!: string;

  @IsDateString()
  createdAt!: string;

  @Nullable()
  @IsDateString()
  resolvedAt!: string | null;
}

export class HoldsQuery extends PageQuery {
  @IsOptional()
  @IsIn([...HOLD_STATES])
  state?: HoldState;
}

/** A hold as services see it; a tombstone has neither wallet nor user. */
export class ServiceHoldView {
  @IsAnyUuid()
  id!: string;

  @IsString()
  @Example('studio', 'The service that made the hold, and alone may settle it.')
  service!: string;

  @IsIn([...HOLD_STATES])
  state!: HoldState;

  @Nullable()
  @IsAnyUuid()
  walletId!: string | null;

  @Nullable()
  @IsIn(['user', 'team'])
  kind!: 'user' | 'team' | null;

  @Nullable()
  @IsAnyUuid()
  userId!: string | null;

  @Nullable()
  @IsString()
  operation!: string | null;

  @Nullable()
  @IsString()
  referenceId!: string | null;

  @IsInt()
  amount!: number;

  @IsInt()
  captured!: number;

  @IsInt()
  uncollected!: number;

  @Nullable()
  @IsDateString()
  deadline!: string | null;

  @Nullable()
  @IsDateString()
  expiresAt!: string | null;

  @IsDateString()
  createdAt!: string;

  @Nullable()
  @IsDateString()
  resolvedAt!: string | null;
}
