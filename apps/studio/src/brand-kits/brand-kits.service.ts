import { buffer } from 'node:stream/consumers';
import { Injectable } from '@nestjs/common';
import { Clock, newId } from '@eventzr/config';
import { currentPrincipal, decodeCursor, IdCursor, pagedById, reply } from '@eventzr/http';
import { Operations } from '@eventzr/idempotency';
import { ByteStore } from '@eventzr/storage';
import { MediaInputs } from '../inputs/media-inputs.js';
import { sourceOf } from '../posters/picture-source.js';
import type { StudioTx } from '../studio.db.js';
import { StudioDb } from '../studio.db.js';
import { StudioErrors } from '../studio.errors.js';
import type { BrandKitBody, BrandKitView, ListBrandKitsQuery } from './brand-kits.dto.js';
import { type BrandKit, type BrandKitChange, BrandKitsRepository } from './brand-kits.repository.js';

/** A tenant's colours, letters and logo, put into posters here and nowhere else. */
@Injectable()
export class BrandKitsService {
  constructor(
    private readonly db: StudioDb,
    private readonly operations: Operations<StudioTx>,
    private readonly kits: BrandKitsRepository,
    private readonly inputs: MediaInputs,
    private readonly store: ByteStore,
    private readonly clock: Clock,
  ) {}

  async list({ cursor, limit }: ListBrandKitsQuery) {
    const before = decodeCursor(cursor, IdCursor)?.id;
    const rows = await this.db.withTenant((tx) => this.kits.list(tx, before, limit + 1));
    return pagedById(rows, limit, view);
  }

  async get(id: string): Promise<BrandKitView> {
    return view(await this.kit(id));
  }

  /** @throws BRAND_KIT_NOT_FOUND */
  async kit(id: string): Promise<BrandKit> {
    return this.db.withTenant((tx) => this.found(tx, id));
  }

  async create(body: BrandKitBody) {
    const { tenantId, userId } = currentPrincipal();
    const [id, now] = [newId(this.clock), this.clock.now()];
    const logoKey = await this.keepLogo(id, body.logo);
    const row = {
      tenantId,
      id,
      ...columns(body),
      logoKey: logoKey ?? null,
      createdBy: userId,
      createdAt: now,
      updatedAt: now,
    };
    return this.operations.finish(async (tx) =>
      reply(view(await this.kits.insert(tx, row)), { status: 201 }),
    );
  }

  async update(id: string, body: BrandKitBody) {
    await this.kit(id);
    const logoKey = await this.keepLogo(id, body.logo);
    const change = {
      ...columns(body),
      updatedAt: this.clock.now(),
      ...(logoKey === undefined ? {} : { logoKey }),
    };
    return this.operations.finish((tx) => this.change(tx, id, change));
  }

  remove(id: string): Promise<BrandKitView> {
    return this.db.withTenant((tx) => this.change(tx, id, { deletedAt: this.clock.now() }));
  }

  private async change(tx: StudioTx, id: string, change: BrandKitChange): Promise<BrandKitView> {
    const before = await this.found(tx, id);
    if (!(await this.kits.update(tx, id, change))) throw StudioErrors.BRAND_KIT_NOT_FOUND();
    return view((await this.kits.find(tx, id)) ?? before);
  }

  private async found(tx: StudioTx, id: string): Promise<BrandKit> {
    const kit = await this.kits.find(tx, id);
    if (kit === null) throw StudioErrors.BRAND_KIT_NOT_FOUND();
    return kit;
  }

  /** A kit's logo outlives what callers hand in for a job: it gets a copy of its own, never overwritten. */
  private async keepLogo(kitId: string, logo: string | undefined): Promise<string | undefined> {
    if (logo === undefined) return undefined;
    const { tenantId } = currentPrincipal();
    const taken = await this.inputs.take(sourceOf(logo), 'image');
    const key = `tenants/${tenantId}/brand-kits/${kitId}/${taken.id}`;
    await this.store.put(key, await this.inputs.read(tenantId, taken.id), { mimeType: taken.mimeType });
    return key;
  }

  /** For the worker. @throws StorageFault */
  async readLogo(key: string): Promise<Buffer> {
    return buffer((await this.store.read(key)).stream);
  }
}

function columns({ name, colours, displayFont, bodyFont, tone }: BrandKitBody) {
  const plain = colours.map(({ role, hex }) => ({ role, hex: hex.toLowerCase() }));
  return {
    name,
    colours: plain,
    displayFont: displayFont ?? null,
    bodyFont: bodyFont ?? null,
    tone: tone ?? null,
  };
}

function view({
  id,
  name,
  colours,
  displayFont,
  bodyFont,
  tone,
  logoKey,
  updatedAt,
}: BrandKit): BrandKitView {
  return {
    id,
    name,
    colours: colours as unknown as BrandKitView['colours'], // written by this class alone
    displayFont,
    bodyFont,
    tone,
    hasLogo: logoKey !== null,
    updatedAt: updatedAt.toISOString(),
  };
}
