import { Injectable } from '@nestjs/common';
import type { Prisma } from '../generated/prisma/client.js';
import type { StudioTx } from '../studio.db.js';

/** A template with one of its versions. */
export type Template = Prisma.TemplateVersionGetPayload<{ include: { template: true } }>;

export type TemplateJson = Prisma.InputJsonObject;
export type TemplateRow = Prisma.TemplateUncheckedCreateInput;
export type TemplateVersionRow = Prisma.TemplateVersionUncheckedCreateInput;

/** The only file that touches `templates` and `template_versions`. */
@Injectable()
export class TemplatesRepository {
  async insert(tx: StudioTx, template: TemplateRow, version: TemplateVersionRow): Promise<void> {
    await tx.template.create({ data: template });
    await tx.templateVersion.create({ data: version });
  }

  /** The newest version, or a named one; null where the template is gone. */
  async find(tx: StudioTx, id: string, version?: number): Promise<Template | null> {
    const template = await tx.template.findFirst({ where: { id, deletedAt: null } });
    if (template === null) return null;
    return tx.templateVersion.findFirst({
      where: { templateId: id, version: version ?? template.version },
      include: { template: true },
    });
  }

  async list(
    tx: StudioTx,
    kind: string | undefined,
    before: string | undefined,
    limit: number,
  ): Promise<Template[]> {
    const templates = await tx.template.findMany({
      where: { kind, deletedAt: null, ...(before === undefined ? {} : { id: { lt: before } }) },
      orderBy: { id: 'desc' },
      take: limit,
    });
    const versions = await tx.templateVersion.findMany({
      where: { OR: templates.map(({ id, version }) => ({ templateId: id, version })) },
      include: { template: true },
    });
    return templates.flatMap(({ id }) => versions.filter(({ templateId }) => templateId === id));
  }

  /** False: the template is gone, or no longer at that version. */
  async advance(
    tx: StudioTx,
    id: string,
    from: number,
    change: { name: string; updatedAt: Date },
  ): Promise<boolean> {
    const { count } = await tx.template.updateMany({
      where: { id, version: from, deletedAt: null },
      data: { version: from + 1, ...change },
    });
    return count === 1;
  }

  async insertVersion(tx: StudioTx, version: TemplateVersionRow): Promise<void> {
    await tx.templateVersion.create({ data: version });
  }

  async remove(tx: StudioTx, id: string, deletedAt: Date): Promise<boolean> {
    const { count } = await tx.template.updateMany({ where: { id, deletedAt: null }, data: { deletedAt } });
    return count === 1;
  }
}
