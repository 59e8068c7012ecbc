import { Type } from 'class-transformer';
import { IsBoolean, IsDefined, IsObject, ValidateNested } from 'class-validator';
import { Describe, Example } from '@eventzr/http';
import { CallAnswer, CallOptions } from '../calls/calls.dto.js';

/** Texts to be judged. */
export class ModerationBody extends CallOptions {
  @IsDefined()
  @Describe('A text, or a list of up to 100.')
  @Example('Come and celebrate with us')
  input!: unknown;
}

export class VerdictView {
  @IsBoolean()
  @Example(false)
  flagged!: boolean;

  @IsObject()
  @Example({ hate: false, violence: false })
  categories!: Record<string, boolean>;

  @IsObject()
  @Example({ hate: 0, violence: 0 })
  scores!: Record<string, number>;
}

export class ModerationAnswer extends CallAnswer {
  @ValidateNested({ each: true })
  @Type(() => VerdictView)
  @Describe("In the inputs' order.")
  results!: VerdictView[];
}
