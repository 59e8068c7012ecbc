import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { spoolMultipart } from './multipart-spool.js';

export interface MultipartFile {
  readonly field: string;
  /** Temporary file; gone after the response. */
  readonly path: string;
  /** As the caller named it: metadata, never a path. */
  readonly filename: string;
  readonly mimeType: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** A multipart body, spooled to disk. `F` is the DTO of the text fields when the route names one. */
export interface MultipartForm<F = Readonly<Record<string, string>>> {
  readonly fields: F;
  readonly files: readonly MultipartFile[];
}

/** Injects the request's multipart body; the route declares its limits in `@Route({ multipart })`. */
export const Multipart: () => ParameterDecorator = createParamDecorator(
  (_data: unknown, context: ExecutionContext) =>
    spoolMultipart(context.switchToHttp().getRequest<FastifyRequest>()),
);

/** Injects the multipart body, or undefined where the request has another one: for routes that take both. */
export const MultipartIfSent: () => ParameterDecorator = createParamDecorator(
  async (_data: unknown, context: ExecutionContext) => {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    return request.isMultipart() ? spoolMultipart(request) : undefined;
  },
);
