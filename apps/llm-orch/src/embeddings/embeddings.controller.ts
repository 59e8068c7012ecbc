import { Body, Controller, Post } from '@nestjs/common';
import { Authenticated } from '@eventzr/auth';
import { Group, Route } from '@eventzr/http';
import { Write } from '@eventzr/idempotency';
import { CALL_ERRORS } from '../calls/calls.documents.js';
import { LARGEST_BODY_BYTES } from '../calls/input-limits.js';
import { LlmErrors } from '../llm-orch.errors.js';
import { EmbedBatchRequest, EmbeddingAnswer, EmbeddingBatchAnswer, EmbedRequest } from './embeddings.dto.js';
import { EmbeddingsService } from './embeddings.service.js';

const ERRORS = [
  LlmErrors.EMBEDDING_INPUT_TOO_LONG,
  LlmErrors.INVALID_DIMENSIONS,
  LlmErrors.EMBEDDING_PROVIDER_ERROR,
];

@Group('Embeddings', 'Texts into vectors, for search and comparison.')
@Controller('embeddings')
@Authenticated()
export class EmbeddingsController {
  constructor(private readonly embeddings: EmbeddingsService) {}

  @Post()
  @Write('operation')
  @Route({
    summary: 'Embed a text',
    answer: EmbeddingAnswer,
    budget: true,
    errors: [...ERRORS, ...CALL_ERRORS],
  })
  embed(@Body() { input, ...options }: EmbedRequest) {
    return this.embeddings.embed({ ...options, inputs: [input] }, ([embedding], facts) => ({
      ...facts,
      embedding,
    }));
  }

  @Post('batch')
  @Write('operation')
  @Route({
    summary: 'Embed up to 100 texts',
    description: '1 credit per 10 texts, rounded up.',
    answer: EmbeddingBatchAnswer,
    budget: true,
    bodyLimitBytes: LARGEST_BODY_BYTES,
    errors: [...ERRORS, LlmErrors.BATCH_TOO_LARGE, ...CALL_ERRORS],
  })
  batch(@Body() request: EmbedBatchRequest) {
    return this.embeddings.embed(request, (vectors, facts) => ({
      ...facts,
      embeddings: vectors.map((embedding, index) => ({ index, embedding })),
    }));
  }
}
