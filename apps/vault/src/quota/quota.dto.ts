import { IsIn, IsInt, IsOptional, Min } from 'class-validator';
import { Describe, Example } from '@eventzr/http';

/** The caller's own storage. */
export class QuotaView {
  @IsIn(['BASE', 'PRO', 'ENTERPRISE'])
  @Example('PRO')
  tier!: string;

  @IsOptional()
  @IsInt()
  @Example(214_748_364_800, 'Bytes that the plan allows; null is unlimited.')
  limitBytes!: number | null;

  @IsInt()
  @Min(0)
  @Describe('Bytes of finished assets, trash included.')
  usedBytes!: number;

  @IsInt()
  @Min(0)
  @Describe('Bytes of uploads under way.')
  reservedBytes!: number;

  @IsOptional()
  @IsInt()
  availableBytes!: number | null;

  @IsInt()
  @Min(0)
  assets!: number;

  @IsInt()
  @Min(1)
  @Describe('Largest file that POST /assets takes.')
  maxFileBytes!: number;
}
