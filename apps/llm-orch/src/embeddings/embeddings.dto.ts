import { Type } from 'class-transformer';
import {
  ArrayMaxSize, ArrayMinSize, IsArray, IsInt, IsNumber, IsOptional, IsString, Length, Max, Min, ValidateNested,
} from 'class-validator'; // prettier-ignore
import { Describe, Example, Fault } from '@eventzr/http';
import { CallAnswer, CallOptions } from '../calls/calls.dto.js';
import { LONGEST_INPUT, MOST_INPUTS } from '../calls/input-limits.js';
import { LlmErrors } from '../llm-orch.errors.js';

const LONGEST_VECTOR = 4_096;

export class EmbeddingOptions extends CallOptions {
  @IsOptional()
  @Fault(LlmErrors.INVALID_DIMENSIONS)
  @IsInt()
  @Min(1)
  @Max(LONGEST_VECTOR)
  @Describe('Shorter vectors, where the model can.')
  dimensions?: number;
}

/** One text for one vector. */
export class EmbedRequest extends EmbeddingOptions {
  @Fault(LlmErrors.EMBEDDING_INPUT_TOO_LONG)
  @IsString()
  @Length(1, LONGEST_INPUT)
  @Example('A vibrant tech conference in Lisbon', '1 to 8,192 tokens.')
  input!: string;
}

/** Up to a hundred texts at once. */
export class EmbedBatchRequest extends EmbeddingOptions {
  @Fault(LlmErrors.EMBEDDING_INPUT_TOO_LONG)
  @Fault(LlmErrors.BATCH_TOO_LARGE, ['required', 'isArray', 'arrayMinSize', 'arrayMaxSize'])
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_INPUTS)
  @IsString({ each: true })
  @Length(1, LONGEST_INPUT, { each: true })
  @Example(['A wedding by the sea', 'A team day in the hills'], '1 to 100 texts of 1 to 8,192 tokens.')
  inputs!: string[];
}

export class EmbeddingView {
  @IsInt()
  @Example(0)
  index!: number;

  @IsNumber({}, { each: true })
  @Example([0.12, -0.03])
  embedding!: number[];
}

export class EmbeddingAnswer extends CallAnswer {
  @IsNumber({}, { each: true })
  @Example([0.12, -0.03])
  embedding!: number[];

  @IsInt()
  @Example(512)
  dimensions!: number;
}

export class EmbeddingBatchAnswer extends CallAnswer {
  @ValidateNested({ each: true })
  @Type(() => EmbeddingView)
  @Describe("In the inputs' order.")
  embeddings!: EmbeddingView[];

  @IsInt()
  @Example(512)
  dimensions!: number;
}
