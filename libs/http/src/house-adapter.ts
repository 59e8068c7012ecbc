import type { IncomingMessage } from 'node:http';
import multipart from '@fastify/multipart';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { accessLine } from './access-log.js';
import { Bytes, RenderedAnswer, Reply, Streamed } from './answers.js';
import type { AppLogger } from './app-logger.js';
import { currentContext, runInContext, type RequestContext } from './context.js';
import { renderAnswer } from './envelope.js';
import { HttpErrors } from './errors.js';
import { sendError, type ErrorShape } from './error-answer.js';
import { sendEventStream } from './event-stream.js';
import { HouseContext, requestIdOf } from './house-context.js';
import { hasSpool, removeSpool } from './multipart-spool.js';
import { preferredWait, type PreferWaiter } from './prefer.js';
import type { RouteOptions } from './route.js';
import { parseJsonBody } from './safe-json.js';

const JSON_BODY_LIMIT_BYTES = 1024 * 1024;
const MULTIPART_OVERHEAD_BYTES = 1024 * 1024;
const MAX_PARAMETER_LENGTH = 2048;

export interface HouseAdapterOptions {
  readonly logger: AppLogger;
  /** Writes one line per request, which holds nothing that would have to be redacted. Default: the log itself. */
  readonly access?: (line: object) => void;
  /** `/studio/v1` */
  readonly basePath: string;
  /** Fastify's `trustProxy`. */
  readonly trustProxy: string;
  readonly errorShape?: ErrorShape;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    house?: RouteOptions;
  }
  interface FastifyRequest {
    /** What the house knows about this request. */
    house: HouseContext;
    /** The JSON body as it came, for routes that check a signature over it. */
    rawBody?: Buffer;
  }
}

/**
 * Fastify as the house wants it: request context, hostile input, envelopes, streams and errors are handled here, once,
 * outside Nest's per-route machinery.
 */
export class HouseAdapter extends FastifyAdapter {
  /** Set by services that offer `Prefer: wait`. */
  preferWaiter: PreferWaiter | undefined;
  private readonly appLogger: AppLogger;

  constructor(private readonly house: HouseAdapterOptions) {
    super(createFastify(house));
    this.appLogger = house.logger;
    this.prepare(this.getInstance<FastifyInstance>());
  }

  // No middleware anywhere: without middie every request takes a shorter way.
  override async init(): Promise<void> {
    await Promise.resolve();
  }

  override setErrorHandler(): FastifyInstance {
    return this.getInstance<FastifyInstance>().setErrorHandler((error, request, reply) =>
      sendError(error, request, reply, this.appLogger, this.house.errorShape),
    );
  }

  override setNotFoundHandler(): FastifyInstance {
    return this.getInstance<FastifyInstance>().setNotFoundHandler((request, reply) =>
      sendError(HttpErrors.NOT_FOUND(), request, reply, this.appLogger, this.house.errorShape),
    );
  }

  /** Everything that a handler returns leaves through here. */
  override reply(response: FastifyReply, result: unknown, statusCode?: number): FastifyReply {
    return this.send(response, result, statusCode) as FastifyReply; // Nest awaits it, whatever its type says
  }

  private send(reply: FastifyReply, result: unknown, statusCode?: number): FastifyReply | Promise<unknown> {
    if (reply.sent) return reply;
    if (statusCode !== undefined) reply.code(statusCode);
    const house = reply.request.routeOptions.config.house;
    if (result instanceof Streamed) {
      return sendEventStream(result, reply, reply.request.house.signal, this.appLogger);
    }
    if (result instanceof Bytes) return sendBytes(result, reply);
    if (house?.raw === true && !(result instanceof RenderedAnswer)) return sendRaw(result, reply);
    if (house?.prefer === true && this.preferWaiter !== undefined)
      return this.replyWithPreference(result, reply);
    return sendRendered(result, reply);
  }

  private async replyWithPreference(result: unknown, reply: FastifyReply): Promise<unknown> {
    const rendered = renderAnswer(result, reply.statusCode);
    const seconds = preferredWait(reply.request.headers.prefer);
    if (rendered.status !== 202 || seconds === undefined) return sendRendered(rendered, reply);
    const receipt = (JSON.parse(rendered.body) as { data: unknown }).data;
    const finished = await this.preferWaiter?.wait(receipt, seconds, reply.request.house.signal);
    if (finished === undefined) return sendRendered(rendered, reply);
    reply.header('preference-applied', `wait=${seconds}`).code(200);
    return sendRendered(finished, reply);
  }

  private prepare(instance: FastifyInstance): void {
    const access = this.house.access ?? ((line: object) => this.appLogger.info(line, 'request'));
    instance.decorateRequest('house');
    instance.decorateRequest('rawBody');
    instance.addHook('onRoute', (route) => applyLimits(route));
    instance.addHook('onRequest', (request, reply, done) => this.receive(request, reply, done));
    instance.addHook('onResponse', (request, reply, done) => {
      access(accessLine(request, reply));
      if (hasSpool(request)) {
        void removeSpool(request).catch((err: unknown) =>
          this.appLogger.warn({ err }, 'an upload could not be removed'),
        );
      }
      done();
    });
    void instance.register(multipartParser);
    registerParsers(instance);
  }

  private receive(request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void): void {
    const context = new HouseContext(request, reply.raw);
    request.house = context;
    void reply.headers({
      'x-request-id': context.requestId,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    runInContext(context, () => done(this.refusal(request, context)));
  }

  private refusal(request: FastifyRequest, context: RequestContext): Error | undefined {
    if (context.route !== undefined && !this.isServed(context.route, context.port, request))
      return HttpErrors.NOT_FOUND();
    // Postgres cannot hold NUL in text: no path or query may carry one to it.
    if (request.raw.url?.includes('%00') === true) {
      return HttpErrors.VALIDATION_FAILED([
        { field: 'path', rule: 'encoding', message: 'NUL is not allowed' },
      ]);
    }
    return undefined;
  }

  private isServed(route: string, port: RequestContext['port'], request: FastifyRequest): boolean {
    const internal = route.startsWith(`${this.house.basePath}/internal/`);
    if (port === 'public') return !internal;
    return internal || request.routeOptions.config.house?.bothPorts === true;
  }
}

type FastifyPlugin = (scope: FastifyInstance, options: object, done: (error?: Error) => void) => void;

/**
 * The multipart parser without its two hooks, which clean up after functions that the house does not use: they would
 * cost every request two promises and a listener. What an upload leaves is removed by `removeSpool`.
 */
const multipartParser: FastifyPlugin = Object.assign(
  ((scope, options, done) => {
    const withoutHooks: FastifyInstance = new Proxy(scope, {
      get(target, name) {
        if (name === 'addHook') return () => withoutHooks;
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
    void multipart(withoutHooks, options, done);
  }) satisfies FastifyPlugin,
  { [Symbol.for('skip-override')]: true }, // its decorators belong to the whole instance
);

function createFastify({ trustProxy, logger, errorShape }: HouseAdapterOptions): FastifyInstance {
  return fastify({
    bodyLimit: JSON_BODY_LIMIT_BYTES,
    trustProxy: trustProxy === 'false' || trustProxy === '' ? false : trustProxy.split(','),
    requestIdHeader: false,
    genReqId: (request: IncomingMessage) => requestIdOf(request),
    logger: false,
    routerOptions: { maxParamLength: MAX_PARAMETER_LENGTH },
    // A path that is no valid percent-encoding never reaches a hook.
    frameworkErrors: (error, request, reply) => {
      void reply.headers({ 'x-request-id': request.id, 'x-content-type-options': 'nosniff' });
      sendError(error, request, reply, logger, errorShape); // the same reply, typed for an error route
    },
  });
}

function applyLimits(route: { config?: { house?: RouteOptions }; bodyLimit?: number }): void {
  const house = route.config?.house;
  if (house?.bodyLimitBytes !== undefined) route.bodyLimit = house.bodyLimitBytes;
  if (house?.multipart !== undefined) {
    route.bodyLimit =
      house.multipart.maxFileBytes * (house.multipart.maxFiles ?? 1) + MULTIPART_OVERHEAD_BYTES;
  }
}

function registerParsers(instance: FastifyInstance): void {
  const parse = (request: FastifyRequest, body: Buffer): Promise<unknown> => {
    request.rawBody = body;
    return Promise.resolve(body).then(parseJsonBody);
  };
  instance.removeAllContentTypeParsers();
  instance.addContentTypeParser('application/json', { parseAs: 'buffer' }, parse);
  instance.addContentTypeParser(/^application\/[\w.-]+\+json/, { parseAs: 'buffer' }, parse);
  // Clients that name a type without sending a body sent no body.
  instance.addContentTypeParser('*', (request, _payload, done) => {
    const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
    if (encoding === undefined && (length === undefined || length === '0')) done(null, undefined);
    else done(HttpErrors.UNSUPPORTED_MEDIA_TYPE());
  });
}

function sendRendered(result: unknown, reply: FastifyReply): FastifyReply {
  const { status, headers, body } = renderAnswer(result, reply.statusCode);
  return reply.code(status).headers(headers).send(body);
}

function sendBytes({ source, headers, status }: Bytes, reply: FastifyReply): FastifyReply {
  if (status !== undefined) reply.code(status);
  return reply.headers(headers).send(source);
}

function sendRaw(result: unknown, reply: FastifyReply): FastifyReply {
  if (!(result instanceof Reply)) return reply.send(result);
  const { status, headers = {} } = result.options;
  return reply
    .code(status ?? reply.statusCode)
    .headers(headers)
    .send(result.data);
}

/** The context of `request` as the house keeps it, also outside the async chain. */
export function contextOf(request: FastifyRequest): RequestContext {
  return currentContext() ?? request.house;
}
