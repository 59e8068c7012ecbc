import { Injectable } from '@nestjs/common';
import { Clock, newId } from '@eventzr/config';
import { Outbox } from '@eventzr/events';
import {
  currentPrincipal,
  decodeCursor,
  encodeCursor,
  HttpErrors,
  IdCursor,
  paged,
  type PageQuery,
  reply,
} from '@eventzr/http';
import { Operations } from '@eventzr/idempotency';
import { JobQueue } from '@eventzr/jobs';
import { ElevenLabsVoiceCloner } from '../providers/elevenlabs/elevenlabs-voice-cloner.js';
import { ProviderFault } from '../providers/provider-fault.js';
import type { StudioTx } from '../studio.db.js';
import { StudioDb } from '../studio.db.js';
import { StudioErrors } from '../studio.errors.js';
import { maySee, ownerFilter } from '../visibility.js';
import type { ConsentView, CreateVoiceModelRequest, VoiceModelView } from './voice-models.dto.js';
import type { VoiceModel } from './voice-models.repository.js';
import { VoiceModelsRepository } from './voice-models.repository.js';
import { VoiceRecordings } from './voice-recordings.js';
import { WebhookEvents } from '../webhooks/webhook-events.js';
import { VOICE_TRAINING_TASK } from './voice-training.js';

const REMOVE_TIMEOUT_MS = 30_000;

/** Voices that speak like somebody who agreed to it. */
@Injectable()
export class VoiceModelsService {
  constructor(
    private readonly db: StudioDb,
    private readonly models: VoiceModelsRepository,
    private readonly recordings: VoiceRecordings,
    private readonly cloner: ElevenLabsVoiceCloner,
    private readonly operations: Operations<StudioTx>,
    private readonly outbox: Outbox,
    private readonly webhooks: WebhookEvents,
    private readonly queue: JobQueue,
    private readonly clock: Clock,
  ) {}

  /** Keeps consent and samples, then has the voice made. No voice is cloned on this machine. */
  async create({ name, language, consent, samples }: CreateVoiceModelRequest) {
    const { name: provider } = this.cloner;
    if (!this.cloner.configured) throw HttpErrors.PROVIDER_NOT_CONFIGURED({ provider });
    const { tenantId, userId } = currentPrincipal();
    const [id, createdAt] = [newId(this.clock), this.clock.now()];
    const { speaker, statement } = consent;
    const { recording, kept } = await this.recordings.keepAll(id, consent.recording, samples);
    const recorded = { recordedBy: userId, recordedAt: createdAt.toISOString() };
    const agreed = { speaker, statement, recording, ...recorded };
    const row = { tenantId, id, userId, name, language, provider, consent: agreed, samples: kept, createdAt };
    return this.operations.finish(async (tx) => {
      const model = await this.models.insert(tx, { ...row, state: 'pending' });
      await this.queue.enqueue(tx, VOICE_TRAINING_TASK, { tenantId, id });
      const data = { tenantId, userId, voiceModelId: id, provider };
      const type = 'eventzr.studio.voice-model.created.v1';
      await this.outbox.append(tx, { type, aggregateId: id, tenantId, data });
      await this.webhooks.emit(tx, { tenantId, type: 'voice-model.created', data });
      return reply(viewOf(model), { status: 201, location: `/studio/v1/voice-models/${id}` });
    });
  }

  async list({ cursor, limit }: PageQuery) {
    const before = decodeCursor(cursor, IdCursor)?.id;
    const filter = { userId: ownerFilter(), before, limit: limit + 1 };
    const rows = await this.db.withTenant((tx) => this.models.list(tx, filter));
    const page = rows.slice(0, limit);
    const last = rows.length > limit ? page.at(-1) : undefined;
    const nextCursor = last === undefined ? null : encodeCursor({ id: last.id });
    return paged(page.map(viewOf), { nextCursor, limit });
  }

  async get(id: string): Promise<VoiceModelView> {
    return viewOf(await this.db.withTenant((tx) => this.visible(tx, id)));
  }

  async rename(id: string, name: string): Promise<VoiceModelView> {
    return this.db.withTenant(async (tx) => {
      const model = await this.visible(tx, id);
      if (!(await this.models.change(tx, id, model.state, { name })))
        throw StudioErrors.VOICE_MODEL_NOT_FOUND();
      return viewOf({ ...model, name });
    });
  }

  /** The vendor first: a voice that only the vendor knows could never be removed again. */
  async remove(id: string) {
    const model = await this.db.withTenant((tx) => this.visible(tx, id));
    const { tenantId, vendorVoiceId } = model;
    if (vendorVoiceId !== null) await this.removeAtVendor(vendorVoiceId);
    return this.operations.finish(async (tx) => {
      if (!(await this.models.remove(tx, id))) throw StudioErrors.VOICE_MODEL_NOT_FOUND();
      this.db.afterCommit(() => this.recordings.clear(tenantId, id));
      return viewOf(model);
    });
  }

  private async removeAtVendor(vendorVoiceId: string): Promise<void> {
    try {
      await this.cloner.remove(vendorVoiceId, AbortSignal.timeout(REMOVE_TIMEOUT_MS));
    } catch (cause) {
      if (cause instanceof ProviderFault) throw StudioErrors.AUDIO_PROVIDER_ERROR(null, { cause });
      throw cause;
    }
  }

  private async visible(tx: StudioTx, id: string): Promise<VoiceModel> {
    const model = await this.models.find(tx, id);
    if (model === null || !maySee(model)) throw StudioErrors.VOICE_MODEL_NOT_FOUND();
    return model;
  }
}

function viewOf(model: VoiceModel): VoiceModelView {
  const { id, name, language, provider, errorCode, createdAt, readyAt } = model;
  const { speaker, statement, recordedBy, recordedAt } = model.consent as unknown as ConsentView; // written here alone
  return {
    ...{ id, name, language, provider, errorCode },
    state: model.state as VoiceModelView['state'],
    consent: { speaker, statement, recordedBy, recordedAt },
    createdAt: createdAt.toISOString(),
    readyAt: readyAt?.toISOString() ?? null,
  };
}
