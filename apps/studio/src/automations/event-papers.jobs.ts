import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, derivedId } from '@eventzr/config';
import { AppLogger, CatalogueError, HttpErrors, runInContext, validated } from '@eventzr/http';
import type { Principal, RequestContext } from '@eventzr/http';
import { Operations } from '@eventzr/idempotency';
import { JobHandler, type JobPayload } from '@eventzr/jobs';
import { GenerateInvitationRequest, GeneratePosterRequest } from '../posters/posters.dto.js';
import { InvitationsService, PostersService } from '../posters/posters.service.js';
import type { StudioTx } from '../studio.db.js';
import { StudioDb } from '../studio.db.js';
import { AutomationsRepository, type AutomationRun, type RunEnd } from './automations.repository.js';
import { AUTOMATION_TASK } from './event-created.events.js';

/** For ever: an event that comes again must find the job that was made for it. */
const NAMESPACE = '9f2d6c1e-2d0b-4f55-8a52-3c1f1b7a6e40';
/** Refusals that pass: somebody else is at it, or is asked too often. */
const PASSING = new Set([409, 429]);
/** Whoever made an event yesterday has a poster by now. */
const TRIED_FOR_MS = 24 * 3_600_000;

/** Submits what a new event calls for, in the name of its organiser, whose credits pay. */
@Injectable()
export class EventPapers extends JobHandler {
  readonly task = AUTOMATION_TASK;

  constructor(
    private readonly db: StudioDb,
    private readonly automations: AutomationsRepository,
    private readonly operations: Operations<StudioTx>,
    private readonly posters: PostersService,
    private readonly invitations: InvitationsService,
    private readonly clock: Clock,
    private readonly logger: AppLogger,
  ) {
    super();
  }

  async run(pointer: JobPayload, signal: AbortSignal): Promise<void> {
    await this.attempt(pointer, signal);
  }

  /** False: something could not be made now; the sweep comes back to it for a day. */
  async attempt({ tenantId, id }: JobPayload, signal: AbortSignal): Promise<boolean> {
    const runs = await this.db.withTenant((tx) => this.automations.waiting(tx, id), tenantId);
    const made: boolean[] = [];
    for (const run of runs) made.push(await this.tried(run, signal));
    return made.every(Boolean);
  }

  private async tried(run: AutomationRun, signal: AbortSignal): Promise<boolean> {
    try {
      await this.make(run, signal);
      return true;
    } catch (error) {
      const { tenantId, eventId, kind, createdAt } = run;
      this.logger.warn({ err: error, tenantId, eventId, kind }, 'nothing could be made for a new event now');
      if (this.clock.now().getTime() - createdAt.getTime() > TRIED_FOR_MS)
        await this.end(run, { errorCode: HttpErrors.UNAVAILABLE.entry.code });
      return false;
    }
  }

  /** What is refused, such as for want of credits, is noted and not tried again; what fails for now is. */
  private async make(run: AutomationRun, signal: AbortSignal): Promise<void> {
    const { tenantId, eventId, kind } = run;
    const operationId = derivedId(NAMESPACE, `${tenantId}|${eventId}|${kind}`);
    const earlier = await this.db.withTenant((tx) => this.automations.findJob(tx, operationId), tenantId);
    const end = earlier === undefined ? await this.submit(run, operationId, signal) : { jobId: earlier };
    await this.end(run, end);
  }

  private async submit(
    run: AutomationRun,
    operationId: string,
    signal: AbortSignal,
  ): Promise<Pick<RunEnd, 'jobId' | 'errorCode'>> {
    const { tenantId, eventId, kind } = run;
    const work = () => (kind === 'poster' ? this.poster(run) : this.invitation(run));
    try {
      const { value } = await runInContext(contextOf(run, signal), () =>
        this.operations.perform({ operationId, tenantId }, work),
      );
      return { jobId: value.jobId };
    } catch (error) {
      const refused =
        error instanceof CatalogueError && error.entry.http < 500 && !PASSING.has(error.entry.http);
      if (!refused) throw error;
      const errorCode = error.entry.code;
      this.logger.warn({ tenantId, eventId, kind, errorCode }, 'nothing made for a new event');
      return { errorCode };
    }
  }

  private async end(run: AutomationRun, end: Pick<RunEnd, 'jobId' | 'errorCode'>): Promise<void> {
    const state = end.jobId === undefined ? 'refused' : 'submitted';
    const finishedAt = this.clock.now();
    await this.db.withTenant(
      (tx) => this.automations.end(tx, run, { state, ...end, finishedAt }),
      run.tenantId,
    );
  }

  private poster({ request }: AutomationRun) {
    const { link: ticketUrl, ...facts } = request as { link?: string };
    return this.posters.request(validated(GeneratePosterRequest, { ...facts, ticketUrl }));
  }

  private invitation({ request }: AutomationRun) {
    const { link: rsvpUrl, ...facts } = request as { link?: string };
    return this.invitations.request(validated(GenerateInvitationRequest, { ...facts, rsvpUrl }));
  }
}

/** The organiser as the caller, with no more than a user's rights: there is no token to prove more. */
function contextOf({ tenantId, userId }: AutomationRun, signal: AbortSignal): RequestContext {
  const requestId = randomUUID();
  const traceId = requestId.replaceAll('-', '');
  const principal: Principal = {
    userId,
    tenantId,
    email: '',
    roles: ['user'],
    tier: 'BASE',
    planTier: undefined,
    sessionId: undefined,
    tokenId: undefined,
    amr: [],
    stepUp: [],
    expiresAt: new Date(8.64e15),
    token: '',
  };
  return {
    requestId,
    traceId,
    traceparent: `00-${traceId}-${traceId.slice(0, 16)}-01`,
    method: 'POST',
    route: undefined,
    port: 'internal',
    clientAddress: '',
    signal,
    headers: {},
    principal,
    caller: 'internal',
  };
}
