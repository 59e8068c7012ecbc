import { Catch, Injectable, Optional, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppLogger } from './app-logger.js';
import { sendError, type ErrorShape } from './error-answer.js';

/** Whatever guards, pipes and handlers throw becomes an envelope, or what its path answers instead. */
@Catch()
@Injectable()
export class ErrorFilter implements ExceptionFilter {
  constructor(
    private readonly logger: AppLogger,
    @Optional() private readonly shape?: ErrorShape,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const [request, reply] = [http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>()];
    sendError(error, request, reply, this.logger, this.shape);
  }
}
