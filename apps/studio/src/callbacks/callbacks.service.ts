import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import type { CallbackHeaders } from '../providers/callback-verifier.js';
import { CallbackUrls } from '../render-jobs/callback-urls.js';
import { RenderWaking } from '../render-jobs/render-waking.js';
import { StudioDb } from '../studio.db.js';
import { StudioErrors } from '../studio.errors.js';
import { CallbackVerifiers } from './callback-verifiers.js';
import { CallbacksRepository } from './callbacks.repository.js';

/** A callback as it came. */
export interface VendorCallback {
  readonly provider: string;
  /** The credential of its address. */
  readonly reference: unknown;
  readonly rawBody: Buffer;
  readonly headers: CallbackHeaders;
}

/** Hears vendors. Nothing that they say is believed: a callback makes the job look at its task at once. */
@Injectable()
export class CallbacksService {
  constructor(
    private readonly db: StudioDb,
    private readonly urls: CallbackUrls,
    private readonly verifiers: CallbackVerifiers,
    private readonly callbacks: CallbacksRepository,
    private readonly waking: RenderWaking,
    private readonly clock: Clock,
  ) {}

  /** Late and repeated callbacks are received without effect. @throws CALLBACK_REFUSED 401 */
  async receive({ provider, reference, rawBody, headers }: VendorCallback): Promise<{ received: boolean }> {
    const scope = this.urls.verify(provider, reference);
    if (scope === undefined) throw StudioErrors.CALLBACK_REFUSED();
    const receivedAt = this.clock.now();
    const verifier = this.verifiers.of(provider);
    if (verifier?.verify(rawBody, headers, receivedAt.getTime()) === false)
      throw StudioErrors.CALLBACK_REFUSED();
    const digest = createHash('sha256').update(String(reference)).update('\0').update(rawBody).digest('hex');
    await this.db.withTenant(async (tx) => {
      const isNew = await this.callbacks.note(tx, { ...scope, provider, digest, receivedAt });
      if (isNew) await this.waking.wake(tx, scope.jobId);
    }, scope.tenantId);
    return { received: true };
  }
}
