import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsDefined,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { Describe, Example } from '@eventzr/http';

const LONGEST_VECTOR = 4_096;

/** `POST /embeddings` as OpenAI's clients write it. */
export class IngressEmbeddingRequest {
  @IsString()
  @Length(1, 128)
  @Example('local-hash-512', 'A model, `provider/model`, or `auto`.')
  model!: string;

  @IsDefined()
  @Describe('A text, or a list of up to 100; lists of token numbers are not taken.')
  @Example('A vibrant tech conference')
  input!: unknown;

  @IsOptional()
  @IsIn(['float', 'base64'])
  encoding_format?: 'float' | 'base64';

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(LONGEST_VECTOR)
  dimensions?: number;

  @IsOptional()
  @IsString()
  @Describe('Accepted and not used.')
  user?: string;
}

class IngressEmbedding {
  @IsIn(['embedding'])
  object!: 'embedding';

  @IsInt()
  index!: number;

  @IsDefined()
  @Describe('Numbers, or their little-endian 32-bit floats in base64.')
  @Example([0.12, -0.03])
  embedding!: unknown;
}

class IngressEmbeddingUsage {
  @IsInt()
  @Example(4)
  prompt_tokens!: number;

  @IsInt()
  @Example(4)
  total_tokens!: number;
}

export class IngressEmbeddings {
  @IsIn(['list'])
  object!: 'list';

  @ValidateNested({ each: true })
  @Type(() => IngressEmbedding)
  data!: IngressEmbedding[];

  @IsString()
  @Example('local-hash-512')
  model!: string;

  @ValidateNested()
  @Type(() => IngressEmbeddingUsage)
  usage!: IngressEmbeddingUsage;
}

/** `POST /moderations` as OpenAI's clients write it. */
export class IngressModerationRequest {
  @IsOptional()
  @IsString()
  @Length(1, 128)
  @Example('local-moderation-1')
  model?: string;

  @IsDefined()
  @Describe('A text, or a list of up to 100.')
  @Example('Come and celebrate with us')
  input!: unknown;
}

class IngressVerdict {
  @IsBoolean()
  flagged!: boolean;

  @IsObject()
  @Example({ hate: false })
  categories!: Record<string, boolean>;

  @IsObject()
  @Example({ hate: 0 })
  category_scores!: Record<string, number>;
}

export class IngressModeration {
  @IsString()
  @Example('modr-01990a2c-6f0e-7c3a-9d55-0c9f4be0a001')
  id!: string;

  @IsString()
  @Example('local-moderation-1')
  model!: string;

  @ValidateNested({ each: true })
  @Type(() => IngressVerdict)
  results!: IngressVerdict[];
}
