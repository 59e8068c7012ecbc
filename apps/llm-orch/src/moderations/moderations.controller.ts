import { Body, Controller, Post } from '@nestjs/common';
import { Authenticated } from '@eventzr/auth';
import { Group, Route } from '@eventzr/http';
import { Write } from '@eventzr/idempotency';
import { CALL_ERRORS } from '../calls/calls.documents.js';
import { LARGEST_BODY_BYTES } from '../calls/input-limits.js';
import { textsOf } from '../calls/texts-of.js';
import { LlmErrors } from '../llm-orch.errors.js';
import { ModerationAnswer, ModerationBody } from './moderations.dto.js';
import { ModerationsService } from './moderations.service.js';

@Group('Moderations', 'Whether texts may be published; free.')
@Controller('moderations')
@Authenticated()
export class ModerationsController {
  constructor(private readonly moderations: ModerationsService) {}

  @Post()
  @Write('operation')
  @Route({
    summary: 'Judge texts',
    answer: ModerationAnswer,
    budget: true,
    bodyLimitBytes: LARGEST_BODY_BYTES,
    errors: [LlmErrors.EMBEDDING_INPUT_TOO_LONG, LlmErrors.PROVIDER_ERROR, ...CALL_ERRORS],
  })
  moderate(@Body() { input, ...options }: ModerationBody) {
    return this.moderations.moderate({ ...options, inputs: textsOf(input) }, (results, facts) => ({
      ...facts,
      results,
    }));
  }
}
