import { Type } from 'class-transformer';
import {
  ArrayMaxSize, ArrayMinSize, IsArray, IsBoolean, IsInt, IsNumber, IsOptional, IsString, Length, Matches, Max, Min, ValidateNested,
} from 'class-validator'; // prettier-ignore
import { Describe, Example, Fault } from '@eventzr/http';
import { CallAnswer, CallOptions } from '../calls/calls.dto.js';
import { LONGEST_INPUT, MOST_INPUTS } from '../calls/input-limits.js';
import { LlmErrors } from '../llm-orch.errors.js';

const BLANK = { message: '$property must not be blank' };

/** Documents to be put in order of their use for a query. */
export class RerankBody extends CallOptions {
  @Fault(LlmErrors.RERANK_INVALID_INPUT)
  @IsString()
  @Length(1, LONGEST_INPUT)
  @Matches(/\S/, BLANK)
  @Example('venues by the sea')
  query!: string;

  @Fault(LlmErrors.RERANK_INVALID_INPUT)
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_INPUTS)
  @IsString({ each: true })
  @Length(1, LONGEST_INPUT, { each: true })
  @Matches(/\S/, { ...BLANK, each: true })
  @Example(['A hall in the old town', 'A terrace above the beach'])
  documents!: string[];

  @IsOptional()
  @Fault(LlmErrors.RERANK_INVALID_INPUT)
  @IsInt()
  @Min(1)
  @Max(MOST_INPUTS)
  @Describe('How many are answered; absent: all.')
  topN?: number;

  @IsOptional()
  @IsBoolean()
  @Describe('Whether their texts are answered too.')
  returnDocuments?: boolean;
}

export class RankedDocument {
  @IsInt()
  @Example(1, 'Its place in the request.')
  index!: number;

  @IsNumber()
  @Example(0.42, 'Between 0 and 1; comparable within one answer.')
  score!: number;

  @IsOptional()
  @IsString()
  document?: string;
}

export class RerankAnswer extends CallAnswer {
  @ValidateNested({ each: true })
  @Type(() => RankedDocument)
  @Describe('Best first.')
  results!: RankedDocument[];
}
