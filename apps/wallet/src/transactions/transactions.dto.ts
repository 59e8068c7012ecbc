import { IsDateString, IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { Describe, Example, Nullable, PageQuery } from '@eventzr/http';
import { IsAnyUuid } from '../wallets/uuid.js';

export const TRANSACTION_KINDS = [
  'grant', 'top_up', 'refund', 'hold', 'capture', 'release', 'hold_expiry', 'late_capture', 'grant_expiry',
] as const; // prettier-ignore
export type TransactionKind = (typeof TRANSACTION_KINDS)[number];

export class TransactionView {
  @IsAnyUuid()
  id!: string;

  @IsIn([...TRANSACTION_KINDS])
  kind!: TransactionKind;

  @IsInt()
  @Example(25)
  amount!: number;

  @IsInt()
  @Example(-25, 'By how much the wallet as a whole (available and held) grew or shrank.')
  balanceChange!: number;

  @IsInt()
  @Example(9335)
  availableAfter!: number;

  @IsInt()
  @Example(0)
  heldAfter!: number;

  @Nullable()
  @IsString()
  @Example('images.generate')
  description!: string | null;

  @Nullable()
  @IsAnyUuid()
  holdId!: string | null;

  @Nullable()
  @IsAnyUuid()
  refundOf!: string | null;

  @IsString()
  @Example('studio', 'Who or what moved the credits.')
  actor!: string;

  @IsDateString()
  createdAt!: string;
}

export class TransactionsQuery extends PageQuery {
  @IsOptional()
  @IsIn([...TRANSACTION_KINDS])
  kind?: TransactionKind;

  @IsOptional()
  @IsIn(['json', 'csv'])
  @Describe('csv answers all matching transactions as a file; so does `Accept: text/csv`.')
  format?: 'json' | 'csv';
}

export class RefundBody {
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1_000_000_000)
  @Describe('Absent: all that is left to refund.')
  amount?: number;

  @IsOptional()
  @IsString()
  @MaxLength(200)
  @Example('the image was unusable')
  reason?: string;

  @IsOptional()
  @IsAnyUuid()
  @Describe("Default: the caller's own tenant.")
  tenantId?: string;
}
