import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { CacheStore, CacheUnavailable, type ThrottleState } from '@eventzr/cache';
import { Clock, HouseConfig } from '@eventzr/config';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppLogger } from './app-logger.js';
import { currentContext, type Principal, type RequestContext, type Tier } from './context.js';
import { HttpErrors } from './errors.js';
import { RATE_LIMIT_METADATA, type RateLimitRule } from './rate-limit.decorator.js';
import { ServiceIdentity } from './service-identity.js';

const MINUTE_SECONDS = 60;
/** After a fault of the cache nobody waits for it again for this long. */
const CACHE_PAUSE_MS = 5_000;

/** Calls per minute and tenant. */
export abstract class TierLimits implements Readonly<Record<Tier, number>> {
  abstract readonly BASE: number;
  abstract readonly PRO: number;
  abstract readonly ENTERPRISE: number;
}

export const DEFAULT_TIER_LIMITS: TierLimits = { BASE: 100, PRO: 1_000, ENTERPRISE: 10_000 };

/** What the guard needs beside its rules. */
@Injectable()
export class RateLimitParts {
  constructor(
    readonly clock: Clock,
    readonly logger: AppLogger,
    readonly reflector: Reflector,
  ) {}
}

/** Limits per tenant and tier, or per route's own rules. A cache that is down limits nobody. */
@Injectable()
export class RateLimitGuard implements CanActivate {
  private readonly rules = new WeakMap<object, readonly RateLimitRule[] | null>();
  private pausedUntilMs = 0;

  constructor(
    private readonly cache: CacheStore,
    private readonly config: HouseConfig,
    private readonly limits: TierLimits,
    private readonly identity: ServiceIdentity,
    private readonly house: RateLimitParts,
  ) {}

  canActivate(execution: ExecutionContext): boolean | Promise<boolean> {
    const context = currentContext();
    if (this.config.rateLimit === 'off' || context === undefined || context.port === 'internal') return true;
    const rules = this.rulesOf(execution) ?? tierRule(context.principal, this.limits);
    if (rules.length === 0) return true;
    const http = execution.switchToHttp();
    return this.admit(rules, context, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  private rulesOf(execution: ExecutionContext): readonly RateLimitRule[] | null {
    const handler = execution.getHandler();
    let rules = this.rules.get(handler);
    if (rules === undefined) {
      const targets = [handler, execution.getClass()];
      rules =
        this.house.reflector.getAllAndOverride<RateLimitRule[] | undefined>(RATE_LIMIT_METADATA, targets) ??
        null;
      this.rules.set(handler, rules);
    }
    return rules;
  }

  // Without a promise as long as the cache answers without one: this runs in front of every handler.
  private admit(
    rules: readonly RateLimitRule[],
    context: RequestContext,
    request: FastifyRequest,
    reply: FastifyReply,
  ): boolean | Promise<boolean> {
    for (const rule of rules) {
      const state = this.count(rule, context, request);
      if (state instanceof Promise) {
        const rest = rules.slice(rules.indexOf(rule) + 1);
        return state.then((counted) => {
          tell(rule, counted, reply);
          return this.admit(rest, context, request, reply);
        });
      }
      tell(rule, state, reply);
    }
    return true;
  }

  private count(
    rule: RateLimitRule,
    context: RequestContext,
    request: FastifyRequest,
  ): ThrottleState | undefined | Promise<ThrottleState | undefined> {
    const subject = subjectOf(rule, context, request);
    const nowMs = this.house.clock.now().getTime();
    if (subject === undefined || nowMs < this.pausedUntilMs) return undefined;
    const route =
      rule.windowSeconds === MINUTE_SECONDS && rule.by === 'tenant' ? '' : `:${context.route ?? ''}`;
    const key = `rate:${this.identity.name}${route}:${rule.by}:${subject}`;
    const state = this.cache.throttle(key, { limit: rule.limit, windowMs: rule.windowSeconds * 1000 });
    return state instanceof Promise ? state.catch((error: unknown) => this.pause(error, nowMs)) : state;
  }

  private pause(error: unknown, nowMs: number): undefined {
    if (!(error instanceof CacheUnavailable)) throw error;
    this.pausedUntilMs = nowMs + CACHE_PAUSE_MS;
    this.house.logger.warn({ err: error.cause }, 'rate limits are off: the cache cannot be reached');
    return undefined;
  }
}

/** @throws RATE_LIMITED when the allowance is used up; says in the headers what is left of it otherwise */
function tell(rule: RateLimitRule, state: ThrottleState | undefined, reply: FastifyReply): void {
  if (state === undefined) return;
  const resetSeconds = Math.max(1, Math.ceil(state.resetMs / 1000));
  const headers = {
    ratelimit: `"${rule.by}";r=${state.remaining};t=${resetSeconds}`,
    'ratelimit-policy': `"${rule.by}";q=${rule.limit};w=${rule.windowSeconds}`,
  };
  void reply.headers(headers);
  if (state.allowed) return;
  throw HttpErrors.RATE_LIMITED(
    { limit: rule.limit, windowSeconds: rule.windowSeconds },
    { retryAfterSeconds: state.retryAfterMs / 1000, headers },
  );
}

const NO_RULES: readonly RateLimitRule[] = [];
const tierRules = new Map<number, readonly RateLimitRule[]>();

function tierRule(principal: Principal | undefined, limits: TierLimits): readonly RateLimitRule[] {
  if (principal === undefined) return NO_RULES;
  const limit = limits[principal.tier];
  let rules = tierRules.get(limit);
  if (rules === undefined) {
    rules = [{ by: 'tenant', limit, windowSeconds: MINUTE_SECONDS }];
    tierRules.set(limit, rules);
  }
  return rules;
}

function subjectOf(
  rule: RateLimitRule,
  context: RequestContext,
  request: FastifyRequest,
): string | undefined {
  if (rule.by === 'tenant') return context.principal?.tenantId;
  if (rule.by === 'ip') return context.clientAddress;
  const email = (request.body as { email?: unknown } | undefined)?.email;
  return typeof email === 'string' ? email.trim().toLowerCase().slice(0, 320) : undefined;
}
