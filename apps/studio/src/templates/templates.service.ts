import { Injectable } from '@nestjs/common';
import { Clock, newId } from '@eventzr/config';
import { Outbox } from '@eventzr/events';
import { currentPrincipal, decodeCursor, encodeCursor, IdCursor, paged } from '@eventzr/http';
import type { TemplateChanged } from '../studio.events.js';
import type { StudioTx } from '../studio.db.js';
import { StudioDb } from '../studio.db.js';
import { StudioErrors } from '../studio.errors.js';
import { WebhookEvents } from '../webhooks/webhook-events.js';
import { SYSTEM_TEMPLATES, systemTemplate, type SystemTemplate } from './system-templates.js';
import { bodyFaults } from './template-body.js';
import type { Slot } from './template-slots.js';
import type {
  CreateTemplateRequest,
  ListTemplatesQuery,
  TemplateContent,
  TemplateView,
  UpdateTemplateRequest,
} from './templates.dto.js';
import { type Template, type TemplateJson, TemplatesRepository } from './templates.repository.js';

/** Templates of the tenant, each change a new version, and the built-in ones. */
@Injectable()
export class TemplatesService {
  constructor(
    private readonly db: StudioDb,
    private readonly templates: TemplatesRepository,
    private readonly outbox: Outbox,
    private readonly webhooks: WebhookEvents,
    private readonly clock: Clock,
  ) {}

  /** The first page begins with the built-in ones. */
  async list({ kind, cursor, limit }: ListTemplatesQuery) {
    const before = decodeCursor(cursor, IdCursor)?.id;
    const rows = await this.db.withTenant((tx) => this.templates.list(tx, kind, before, limit + 1));
    const page = rows.slice(0, limit);
    const last = rows.length > limit ? page.at(-1) : undefined;
    const builtIn =
      before === undefined ? SYSTEM_TEMPLATES.filter((each) => kind === undefined || each.kind === kind) : [];
    const nextCursor = last === undefined ? null : encodeCursor({ id: last.templateId });
    return paged([...builtIn.map(systemView), ...page.map(view)], { nextCursor, limit });
  }

  async get(id: string): Promise<TemplateView> {
    const builtIn = systemTemplate(id);
    return builtIn === undefined ? view(await this.version(id)) : systemView(builtIn);
  }

  /** A template as it is now, for a job to pin. @throws TEMPLATE_NOT_FOUND */
  async version(id: string): Promise<Template> {
    const found = await this.db.withTenant((tx) => this.templates.find(tx, id));
    if (found === null) throw StudioErrors.TEMPLATE_NOT_FOUND();
    return found;
  }

  async create(request: CreateTemplateRequest): Promise<TemplateView> {
    assertValid(request);
    const { tenantId, userId } = currentPrincipal();
    const [id, now] = [newId(this.clock), this.clock.now()];
    const { kind, name } = request;
    return this.db.withTenant(async (tx) => {
      const template = {
        tenantId,
        id,
        kind,
        name,
        version: 1,
        createdBy: userId,
        createdAt: now,
        updatedAt: now,
      };
      await this.templates.insert(tx, template, this.versionRow(request, id, 1, now));
      await this.tell(tx, 'created', { tenantId, userId, templateId: id, type: kind, name, version: 1 });
      return this.stored(tx, id);
    });
  }

  /** @throws TEMPLATE_CHANGED when somebody else was first */
  async update(id: string, request: UpdateTemplateRequest): Promise<TemplateView> {
    assertOwn(id);
    assertValid(request);
    const { tenantId, userId } = currentPrincipal();
    const now = this.clock.now();
    const { version, name } = request;
    return this.db.withTenant(async (tx) => {
      const found = await this.templates.find(tx, id);
      if (found === null) throw StudioErrors.TEMPLATE_NOT_FOUND();
      if (!(await this.templates.advance(tx, id, version, { name, updatedAt: now })))
        throw StudioErrors.TEMPLATE_CHANGED({ version: found.template.version });
      await this.templates.insertVersion(tx, this.versionRow(request, id, version + 1, now));
      const { kind } = found.template;
      await this.tell(tx, 'updated', {
        tenantId,
        userId,
        templateId: id,
        type: kind,
        name,
        version: version + 1,
      });
      return this.stored(tx, id);
    });
  }

  /** Jobs that pinned a version keep it. */
  async remove(id: string): Promise<TemplateView> {
    assertOwn(id);
    return this.db.withTenant(async (tx) => {
      const last = await this.stored(tx, id);
      if (!(await this.templates.remove(tx, id, this.clock.now()))) throw StudioErrors.TEMPLATE_NOT_FOUND();
      const { tenantId, userId } = currentPrincipal();
      const data = {
        tenantId,
        userId,
        templateId: id,
        type: last.kind,
        name: last.name,
        version: last.version,
      };
      await this.webhooks.emit(tx, { tenantId, type: 'template.deleted', data });
      return last;
    });
  }

  private versionRow({ slots, body }: TemplateContent, templateId: string, version: number, createdAt: Date) {
    const { tenantId, userId } = currentPrincipal();
    const json = { slots: slots.map((slot) => ({ ...slot })), body: body as TemplateJson };
    return { tenantId, templateId, version, ...json, createdBy: userId, createdAt };
  }

  private async stored(tx: StudioTx, id: string): Promise<TemplateView> {
    const found = await this.templates.find(tx, id);
    if (found === null) throw StudioErrors.TEMPLATE_NOT_FOUND();
    return view(found);
  }

  private async tell(tx: StudioTx, what: 'created' | 'updated', data: TemplateChanged): Promise<void> {
    await this.outbox.append(tx, {
      type: `eventzr.studio.template.${what}.v1`,
      aggregateId: data.templateId,
      data,
    });
    await this.webhooks.emit(tx, { tenantId: data.tenantId, type: `template.${what}`, data: { ...data } });
  }
}

function assertOwn(id: string): void {
  if (systemTemplate(id) !== undefined) throw StudioErrors.SYSTEM_TEMPLATE();
}

function assertValid({ slots, body }: TemplateContent): void {
  const names = slots.map(({ name }) => name);
  const twice = names
    .filter((name, index) => names.indexOf(name) !== index)
    .map((name) => ({ field: `slots.${name}`, message: 'is named twice' }));
  const faults = [...twice, ...bodyFaults(body, slots)];
  if (faults.length > 0) throw StudioErrors.INVALID_TEMPLATE({ faults: faults.slice(0, 50) });
}

function view({ template, version, slots, body, createdBy, createdAt }: Template): TemplateView {
  return {
    id: template.id,
    kind: template.kind as TemplateView['kind'],
    name: template.name,
    system: false,
    version,
    slots: slots as unknown as TemplateView['slots'], // written by this class alone
    body: body as Record<string, unknown>,
    updatedAt: createdAt.toISOString(),
    updatedBy: createdBy,
  };
}

function systemView({ id, kind, name, slots }: SystemTemplate): TemplateView {
  return {
    id,
    kind,
    name,
    system: true,
    version: 1,
    slots: slots.map((slot: Slot) => ({ ...slot })),
    body: null,
    updatedAt: null,
    updatedBy: null,
  };
}
