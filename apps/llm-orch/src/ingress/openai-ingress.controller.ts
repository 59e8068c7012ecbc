import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { Authenticated } from '@eventzr/auth';
import { Group, Route } from '@eventzr/http';
import { Write } from '@eventzr/idempotency';
import type { ModelView } from '../catalogue/catalogue.dto.js';
import { CatalogueService } from '../catalogue/catalogue.service.js';
import { INFERENCE_ERRORS } from '../inference/inference.documents.js';
import { asked, CHAT_OPERATION, InferenceRequests } from '../inference/inference.requests.js';
import { LlmErrors } from '../llm-orch.errors.js';
import { ingressWish } from './ingress-wish.js';
import { IngressChatRequest } from './openai-ingress.dto.js';
import { IngressCompletion, IngressModel, IngressModels } from './openai-answers.dto.js';
import { openAiFormat, replayedCompletion } from './openai-format.js';

@Group(
  'OpenAI-compatible',
  'The base URL for any OpenAI client, with the access token as its key; same holds, budgets and breakers.',
)
@Controller('openai')
@Authenticated()
export class OpenAiIngressController {
  constructor(
    private readonly requests: InferenceRequests,
    private readonly catalogue: CatalogueService,
  ) {}

  @Post('chat/completions')
  @Write('operation', { replayStream: replayedCompletion })
  @Route({
    summary: 'Chat completions as OpenAI defines them',
    answer: IngressCompletion,
    raw: true,
    budget: true,
    mayStream: true,
    errors: INFERENCE_ERRORS,
  })
  chat(@Body() request: IngressChatRequest) {
    const format = openAiFormat(request.stream_options?.include_usage === true);
    const form = { ...asked(request.stream), format };
    return this.requests.paid(ingressWish(request), CHAT_OPERATION, form);
  }

  @Get('models')
  @Route({ summary: 'The models that can be asked', answer: IngressModels, raw: true })
  models(): IngressModels {
    return { object: 'list', data: this.catalogue.models().map(ingressModel) };
  }

  @Get('models/:model')
  @Route({
    summary: 'A model that can be asked, by its name or as `provider/model`',
    answer: IngressModel,
    raw: true,
    errors: [LlmErrors.MODEL_NOT_FOUND],
  })
  model(@Param('model') id: string): IngressModel {
    return ingressModel(this.catalogue.model(id));
  }
}

function ingressModel({ id, provider }: ModelView): IngressModel {
  return { id, object: 'model', created: 0, owned_by: provider };
}
