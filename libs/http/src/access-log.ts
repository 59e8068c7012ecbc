import type { FastifyReply, FastifyRequest } from 'fastify';

/** What the log says of a finished request: no bodies, no query, no credentials. */
export function accessLine(request: FastifyRequest, reply: FastifyReply): object {
  const { house } = request;
  return {
    requestId: house.requestId,
    traceId: house.traceId,
    method: house.method,
    route: house.route ?? 'unmatched',
    status: reply.statusCode,
    latencyMs: Math.round(reply.elapsedTime * 10) / 10,
    tenantId: house.principal?.tenantId,
    userId: house.principal?.userId,
    caller: house.caller,
    port: house.port,
    code: house.errorCode,
    // The caller left before the answer was out.
    aborted: reply.raw.writableFinished ? undefined : true,
  };
}
