import { Type } from 'class-transformer';
import { IsArray, IsInt, IsString, ValidateNested } from 'class-validator';
import { Describe, Example, Nullable } from '@eventzr/http';
import { JobReportView } from '@eventzr/jobs';
import { IsAnyUuid } from '../wallets/uuid.js';

/** A rule of the ledger that does not hold. */
export class FindingView {
  @IsAnyUuid()
  tenantId!: string;

  @IsString()
  @Example('held_matches_open_holds')
  rule!: string;

  @Nullable()
  @IsAnyUuid()
  walletId!: string | null;

  @Nullable()
  @IsAnyUuid()
  @Describe('The transfer or hold, where the rule is about one.')
  reference!: string | null;

  @IsInt()
  expected!: number;

  @IsInt()
  actual!: number;
}

/** `failed` counts the violations; 0 means that every credit is accounted for. */
export class ReconcileReportView extends JobReportView {
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => FindingView)
  @Describe('At most 100 of them.')
  violations!: FindingView[];

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => FindingView)
  @Describe('Things that take longer than they should; nothing is lost by them. At most 100.')
  warnings!: FindingView[];
}
