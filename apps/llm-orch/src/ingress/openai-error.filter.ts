import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import { Catch, Injectable } from '@nestjs/common';
import { AppLogger, currentContext, toCatalogueError } from '@eventzr/http';
import type { FastifyReply } from 'fastify';
import { openAiError } from './openai-error.js';

const DEFAULT_RETRY_AFTER_SECONDS = 5;

/** Whatever guards, pipes and handlers of the ingress throw is answered in OpenAI's shape. */
@Catch()
@Injectable()
export class OpenAiErrorFilter implements ExceptionFilter {
  constructor(private readonly logger: AppLogger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const known = toCatalogueError(error);
    const { http, code } = known.entry;
    const gone = currentContext()?.signal.aborted === true;
    if (http >= 500 && !gone) this.logger.error({ code, err: known.cause ?? known }, known.message);
    if (reply.sent || reply.raw.headersSent) {
      reply.raw.destroy();
      return;
    }
    const waits = http === 429 || http === 503;
    const wait = known.retryAfterSeconds ?? (waits ? DEFAULT_RETRY_AFTER_SECONDS : undefined);
    const retryAfter = wait === undefined ? {} : { 'retry-after': String(Math.max(1, Math.ceil(wait))) };
    void reply
      .code(http)
      .headers({ ...known.headers, ...retryAfter })
      .send(openAiError(known));
  }
}
