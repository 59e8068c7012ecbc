import { Injectable } from '@nestjs/common';
import { Clock, newId } from '@eventzr/config';
import { currentPrincipal, decodeCursor, encodeCursor, IdCursor, paged, reply } from '@eventzr/http';
import { Operations } from '@eventzr/idempotency';
import type { StudioTx } from '../studio.db.js';
import { StudioDb } from '../studio.db.js';
import { StudioErrors } from '../studio.errors.js';
import { SYSTEM_TEMPLATES, systemTemplate, type SystemTemplate } from './system-templates.js';
import { TemplateChecks } from './template-checks.service.js';
import { TemplateNews } from './template-news.js';
import type { Slot } from './template-slots.js';
import type {
  CreateTemplateRequest,
  ListTemplatesQuery,
  TemplateContent,
  TemplateView,
  UpdateTemplateRequest,
} from './templates.dto.js';
import {
  type Template,
  type TemplateJson,
  TemplatesRepository,
  type TemplateVersionRow,
} from './templates.repository.js';

/** Templates of the tenant, each change a new version, and the built-in ones. */
@Injectable()
export class TemplatesService {
  constructor(
    private readonly db: StudioDb,
    private readonly operations: Operations<StudioTx>,
    private readonly templates: TemplatesRepository,
    private readonly checks: TemplateChecks,
    private readonly news: TemplateNews,
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

  async create(request: CreateTemplateRequest) {
    const { kind, name } = request;
    await this.checks.assertAcceptable(request, kind);
    const { tenantId, userId: createdBy } = currentPrincipal();
    const [id, createdAt] = [newId(this.clock), this.clock.now()];
    const template = { tenantId, id, kind, name, version: 1, createdBy, createdAt, updatedAt: createdAt };
    return this.operations.finish(async (tx) => {
      await this.templates.insert(tx, template, versionRow(request, id, 1, createdAt));
      const made = await this.stored(tx, id);
      await this.news.changed(tx, 'created', made);
      return reply(made, { status: 201 });
    });
  }

  /** @throws TEMPLATE_CHANGED when somebody else was first */
  async update(id: string, request: UpdateTemplateRequest) {
    assertOwn(id);
    const { template } = await this.version(id);
    await this.checks.assertAcceptable(request, template.kind as TemplateView['kind']);
    const { version, name } = request;
    const updatedAt = this.clock.now();
    return this.operations.finish(async (tx) => {
      const found = await this.stored(tx, id);
      if (!(await this.templates.advance(tx, id, version, { name, updatedAt })))
        throw StudioErrors.TEMPLATE_CHANGED({ version: found.version });
      await this.templates.insertVersion(tx, versionRow(request, id, version + 1, updatedAt));
      const changed = await this.stored(tx, id);
      await this.news.changed(tx, 'updated', changed);
      return changed;
    });
  }

  /** Jobs that pinned a version keep it. */
  async remove(id: string): Promise<TemplateView> {
    assertOwn(id);
    return this.db.withTenant(async (tx) => {
      const last = await this.stored(tx, id);
      if (!(await this.templates.remove(tx, id, this.clock.now()))) throw StudioErrors.TEMPLATE_NOT_FOUND();
      await this.news.removed(tx, last);
      return last;
    });
  }

  private async stored(tx: StudioTx, id: string): Promise<TemplateView> {
    const found = await this.templates.find(tx, id);
    if (found === null) throw StudioErrors.TEMPLATE_NOT_FOUND();
    return view(found);
  }
}

function assertOwn(id: string): void {
  if (systemTemplate(id) !== undefined) throw StudioErrors.SYSTEM_TEMPLATE();
}

function versionRow(
  { slots, body }: TemplateContent,
  templateId: string,
  version: number,
  createdAt: Date,
): TemplateVersionRow {
  const { tenantId, userId } = currentPrincipal();
  const json = { slots: slots.map((slot) => ({ ...slot })), body: body as TemplateJson };
  return { tenantId, templateId, version, ...json, createdBy: userId, createdAt };
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
