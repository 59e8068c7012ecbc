import { applyDecorators } from '@nestjs/common';
import { IsBoolean, IsOptional } from 'class-validator';
import { Describe } from '@eventzr/http';

const WORDS =
  'Draws a small plate saying "AI generated" into a corner. Every file is marked for machines in any case.';

/** The field `label` of a request for something that people see. */
export function VisibleLabel(): PropertyDecorator {
  return applyDecorators(IsOptional(), IsBoolean(), Describe(WORDS));
}
