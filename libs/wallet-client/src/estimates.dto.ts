import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  IsString,
  Matches,
  ValidateNested,
} from 'class-validator';
import { Describe, Example } from '@eventzr/http';

/** One line of `GET /<service>/v1/prices`. */
export class PriceView {
  @IsString()
  @Example('images.generate')
  operation!: string;

  @IsString()
  @Example('image', 'What the numbers are for.')
  unit!: string;

  @IsInt()
  @Example(5)
  minCredits!: number;

  @IsInt()
  @Example(480)
  maxCredits!: number;

  @IsString()
  @Example('30 per 1024 x 1024 standard picture, in proportion to size and quality')
  formula!: string;
}

/** Body of `POST /<service>/v1/estimates`. */
export class EstimateRequest {
  @IsString()
  @Example('images.generate', 'As the price table names it.')
  operation!: string;

  @IsObject()
  @Example({ prompt: 'A vibrant tech conference poster' })
  @Describe('The body that the operation itself would be sent.')
  request!: object;
}

export class EstimateLine {
  @IsString()
  @Example('1 picture, 1024 x 1024, standard')
  item!: string;

  @IsInt()
  @Example(30)
  credits!: number;
}

export class EstimateWallet {
  @Matches(/^[0-9a-f-]{36}$/)
  id!: string;

  @IsIn(['user', 'team'])
  kind!: 'user' | 'team';

  @IsInt()
  @Example(9360)
  available!: number;
}

/** Exactly the hold that the request would take. */
export class Estimate {
  @IsInt()
  @Example(30)
  credits!: number;

  @IsNumber()
  @Describe('The most that the providers could cost for it.')
  @Example(0.04)
  maxCostUsd!: number;

  @ValidateNested({ each: true })
  @Type(() => EstimateLine)
  lines!: EstimateLine[];

  @ValidateNested()
  @Type(() => EstimateWallet)
  wallet!: EstimateWallet;

  @IsBoolean()
  sufficient!: boolean;
}
