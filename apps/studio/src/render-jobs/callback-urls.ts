import { Injectable } from '@nestjs/common';
import { SignedUrls } from '@eventzr/storage';
import { StudioConfig } from '../config.js';
import type { RenderJob } from './render-job.js';

/** How long after the deadline a vendor's word still finds its job: it is late, not forged. */
const GRACE_MS = 24 * 3_600_000;

/** What the credential of a callback stands for. */
export interface CallbackScope {
  readonly tenantId: string;
  readonly jobId: string;
}

/** `<tenant>.<job>.<piece>` and what `SignedUrls` puts behind its tenant. */
const REFERENCE = /^([0-9a-f-]{36})\.([0-9a-f-]{36})\.(\d{1,3})\.([0-9a-z]{1,11}\.[A-Za-z0-9_-]{43})$/;

/** The addresses at which vendors may say that they are done: nobody can guess them, each names one piece of one job. */
@Injectable()
export class CallbackUrls {
  constructor(
    private readonly config: StudioConfig,
    private readonly signed: SignedUrls,
  ) {}

  /** Undefined where vendors cannot reach us. */
  of(job: RenderJob, piece: number): string | undefined {
    const base = this.config.publicBaseUrl;
    if (!base.startsWith('https:')) return undefined;
    return `${base}${pathOf(job.provider)}?job=${this.reference(job, piece)}`;
  }

  /** Undefined: forged, of another provider, or too old. */
  verify(provider: string, reference: unknown): CallbackScope | undefined {
    const parts = typeof reference === 'string' ? REFERENCE.exec(reference) : null;
    if (parts === null) return undefined;
    const [, tenantId = '', jobId = '', piece = '', rest = ''] = parts;
    const scope = this.signed.verify(scopeOf(provider, jobId, piece), `${tenantId}.${rest}`);
    return scope === null ? undefined : { tenantId, jobId };
  }

  /** `<tenant>.<job>.<piece>.<expiry>.<mac>` */
  private reference({ tenantId, id, provider, deadlineAt }: RenderJob, piece: number): string {
    const expiresAt = new Date(deadlineAt.getTime() + GRACE_MS);
    const credential = this.signed.sign({
      path: scopeOf(provider, id, String(piece)),
      tenantId,
      expiresAt,
    });
    return `${tenantId}.${id}.${piece}${credential.slice(tenantId.length)}`;
  }
}

function pathOf(provider: string): string {
  return `/studio/v1/callbacks/${provider}`;
}

function scopeOf(provider: string, jobId: string, piece: string): string {
  return `${pathOf(provider)}/${jobId}/${piece}`;
}
