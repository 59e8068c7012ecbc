import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { currentPrincipal } from '@eventzr/http';
import { BrandKitsService } from '../brand-kits/brand-kits.service.js';
import { StudioDb } from '../studio.db.js';
import { StudioErrors } from '../studio.errors.js';
import { TemplatesService } from '../templates/templates.service.js';
import type { AutomationsBody, AutomationsView } from './automations.dto.js';
import { type AutomationRow, AutomationsRepository } from './automations.repository.js';

/** The tenant's wishes about what is made by itself. */
@Injectable()
export class AutomationsService {
  constructor(
    private readonly db: StudioDb,
    private readonly automations: AutomationsRepository,
    private readonly kits: BrandKitsService,
    private readonly templates: TemplatesService,
    private readonly clock: Clock,
  ) {}

  async get(): Promise<AutomationsView> {
    return view(await this.db.withTenant((tx) => this.automations.find(tx)));
  }

  async put({ eventCreated }: AutomationsBody): Promise<AutomationsView> {
    const { brandKitId, templateId } = eventCreated;
    if (brandKitId !== undefined) await this.kits.kit(brandKitId);
    if (templateId !== undefined) await this.assertForPapers(templateId);
    const { tenantId, userId: updatedBy } = currentPrincipal();
    const settings = { eventCreated: { ...eventCreated } };
    const row = { tenantId, settings, updatedBy, updatedAt: this.clock.now() };
    return view(await this.db.withTenant((tx) => this.automations.put(tx, row)));
  }

  /** Nobody is asked again when the event comes: a template of presentations would make nothing, and tell nobody. */
  private async assertForPapers(templateId: string): Promise<void> {
    const { kind } = await this.templates.get(templateId);
    if (kind === 'presentation') throw StudioErrors.TEMPLATE_NOT_FOUND();
  }
}

/** What a stored row wishes; nothing where there is none. */
export function settingsOf(row: AutomationRow | null): AutomationsBody {
  if (row === null) return { eventCreated: { poster: false, invitation: false } };
  return row.settings as unknown as AutomationsBody; // written by this class alone
}

function view(row: AutomationRow | null): AutomationsView {
  return {
    ...settingsOf(row),
    updatedAt: row?.updatedAt.toISOString() ?? null,
    updatedBy: row?.updatedBy ?? null,
  };
}
