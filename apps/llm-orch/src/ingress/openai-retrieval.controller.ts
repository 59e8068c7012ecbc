import { Body, Controller, Post } from '@nestjs/common';
import { Authenticated } from '@eventzr/auth';
import { Group, Route } from '@eventzr/http';
import { Write } from '@eventzr/idempotency';
import { CALL_ERRORS } from '../calls/calls.documents.js';
import { LARGEST_BODY_BYTES } from '../calls/input-limits.js';
import { textsOf } from '../calls/texts-of.js';
import { EmbeddingsService } from '../embeddings/embeddings.service.js';
import { LlmErrors } from '../llm-orch.errors.js';
import { ModerationsService } from '../moderations/moderations.service.js';
import { modelOf } from './ingress-wish.js';
import {
  IngressEmbeddingRequest,
  IngressEmbeddings,
  IngressModeration,
  IngressModerationRequest,
} from './openai-retrieval.dto.js';

@Group(
  'OpenAI-compatible',
  'The base URL for any OpenAI client, with the access token as its key; same holds, budgets and breakers.',
)
@Controller('openai')
@Authenticated()
export class OpenAiRetrievalController {
  constructor(
    private readonly embeddings: EmbeddingsService,
    private readonly moderations: ModerationsService,
  ) {}

  @Post('embeddings')
  @Write('operation')
  @Route({
    summary: 'Embeddings as OpenAI defines them',
    answer: IngressEmbeddings,
    raw: true,
    budget: true,
    bodyLimitBytes: LARGEST_BODY_BYTES,
    errors: [LlmErrors.EMBEDDING_INPUT_TOO_LONG, LlmErrors.EMBEDDING_PROVIDER_ERROR, ...CALL_ERRORS],
  })
  embed(@Body() { model, input, dimensions, encoding_format: format }: IngressEmbeddingRequest) {
    const wish = {
      ...modelOf(model),
      ...(dimensions === undefined ? {} : { dimensions }),
      inputs: textsOf(input),
    };
    return this.embeddings.embed(wish, (vectors, facts) => ({
      object: 'list',
      data: vectors.map((vector, index) => ({
        object: 'embedding',
        index,
        embedding: format === 'base64' ? base64Of(vector) : vector,
      })),
      model: facts.model,
      usage: { prompt_tokens: facts.usage.inputTokens, total_tokens: facts.usage.totalTokens },
    }));
  }

  @Post('moderations')
  @Write('operation')
  @Route({
    summary: 'Moderations as OpenAI defines them',
    answer: IngressModeration,
    raw: true,
    budget: true,
    bodyLimitBytes: LARGEST_BODY_BYTES,
    errors: [LlmErrors.EMBEDDING_INPUT_TOO_LONG, LlmErrors.PROVIDER_ERROR, ...CALL_ERRORS],
  })
  moderate(@Body() { model = 'auto', input }: IngressModerationRequest) {
    return this.moderations.moderate(
      { ...modelOf(model), inputs: textsOf(input) },
      (verdicts, { id, model: judge }) => ({
        id: `modr-${id}`,
        model: judge,
        results: verdicts.map(({ flagged, categories, scores }) => ({
          flagged,
          categories,
          category_scores: scores,
        })),
      }),
    );
  }
}

function base64Of(vector: readonly number[]): string {
  return Buffer.from(Float32Array.from(vector).buffer).toString('base64');
}
