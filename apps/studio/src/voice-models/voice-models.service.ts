import { Injectable } from '@nestjs/common';
import { Clock, newId } from '@eventzr/config';
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
import { REMOVED, VoiceModelsRepository } from './voice-models.repository.js';
import { VoiceRecordings } from './voice-recordings.js';
import { VoiceNews } from './voice-news.js';
import { LAST_LOOK_MS, SILENT_AFTER_MS, VoiceOutcome } from './voice-outcome.js';
import { trainingJobKey, VOICE_TRAINING_TASK } from './voice-training.js';

/** A removed row says nothing about a person. */
const FORGOTTEN = { state: REMOVED, name: REMOVED, consent: {}, samples: [] };

/** Voices that speak like somebody who agreed to it. */
@Injectable()
export class VoiceModelsService {
  constructor(
    private readonly db: StudioDb,
    private readonly models: VoiceModelsRepository,
    private readonly recordings: VoiceRecordings,
    private readonly cloner: ElevenLabsVoiceCloner,
    private readonly outcome: VoiceOutcome,
    private readonly operations: Operations<StudioTx>,
    private readonly news: VoiceNews,
    private readonly queue: JobQueue,
    private readonly clock: Clock,
  ) {}

  /** Keeps consent and samples, then has the voice made. No voice is cloned on this machine. */
  async create({ name, language, consent, samples }: CreateVoiceModelRequest) {
    const { name: provider } = this.cloner;
    if (!this.cloner.configured) throw HttpErrors.PROVIDER_NOT_CONFIGURED({ provider });
    const { tenantId, userId } = currentPrincipal();
    const [id, createdAt] = [newId(this.clock), this.clock.now()];
    const row = { tenantId, id, userId, name, language, provider, createdAt, state: 'pending' };
    const lookAt = this.outcome.later(SILENT_AFTER_MS);
    try {
      const kept = await this.kept(id, consent, samples);
      return await this.operations.finish(async (tx) => {
        const model = await this.models.insert(tx, { ...row, ...kept, lookAt });
        await this.queue.enqueue(tx, VOICE_TRAINING_TASK, { tenantId, id }, { jobKey: trainingJobKey(id) });
        await this.news.tell(tx, 'created', model);
        return reply(viewOf(model), { status: 201, location: `/studio/v1/voice-models/${id}` });
      });
    } catch (error) {
      // Nobody may keep recordings of a person that no model stands for.
      await this.recordings.clear(tenantId, id);
      throw error;
    }
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

  /**
   * The vendor first: a voice that only the vendor knows could never be removed again. While the vendor may still be
   * making it, the row stays, seen by nobody, until the vendor was asked once more.
   * @throws AUDIO_PROVIDER_ERROR, VOICE_MODEL_CHANGED
   */
  async remove(id: string) {
    const model = await this.db.withTenant((tx) => this.visible(tx, id));
    const { tenantId, state, vendorVoiceId, lookAt } = model;
    if (vendorVoiceId !== null) await this.removeAtVendor(vendorVoiceId);
    const isUnclear = state === 'training' || (state === 'failed' && lookAt !== null);
    const removed = { ...FORGOTTEN, lookAt: this.outcome.later(LAST_LOOK_MS) };
    return this.operations.finish(async (tx) => {
      const won = isUnclear
        ? await this.models.change(tx, id, state, removed)
        : await this.models.forget(tx, id, state);
      if (!won) throw StudioErrors.VOICE_MODEL_CHANGED();
      this.db.afterCommit(() => this.recordings.clear(tenantId, id));
      return viewOf(model);
    });
  }

  private async kept(
    id: string,
    { speaker, statement, recording }: CreateVoiceModelRequest['consent'],
    samples: CreateVoiceModelRequest['samples'],
  ) {
    const recordedAt = this.clock.now().toISOString();
    const said = await this.recordings.keep(id, 'consent', recording);
    const kept = [];
    for (const [index, sample] of samples.entries())
      kept.push(await this.recordings.keep(id, `sample-${index + 1}`, sample));
    const by = { recordedBy: currentPrincipal().userId, recordedAt };
    return { consent: { speaker, statement, recording: said, ...by }, samples: kept };
  }

  private async removeAtVendor(vendorVoiceId: string): Promise<void> {
    try {
      await this.outcome.removeAtVendor(vendorVoiceId);
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
