import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import type { PosterContent } from '@eventzr/wallet-client';
import { kitColours } from '../brand-kits/kit-colours.js';
import type { BrandKit } from '../brand-kits/brand-kits.repository.js';
import { BrandKitsService } from '../brand-kits/brand-kits.service.js';
import { MediaInputs } from '../inputs/media-inputs.js';
import type { Hex } from '../providers/local/images/colour.js';
import type { FontFamily } from '../providers/local/posters/fonts.js';
import { missingLetters } from '../providers/local/posters/shaping.js';
import { present } from '../render-jobs/present.js';
import { StudioErrors } from '../studio.errors.js';
import { fillTemplate } from '../templates/fill-template.js';
import { systemTemplate } from '../templates/system-templates.js';
import type { TemplateNode } from '../templates/template-body.js';
import { type Slot, slotFaults, type SlotValues } from '../templates/template-slots.js';
import { TemplatesService } from '../templates/templates.service.js';
import { isTimeZone, parseEventDate } from './event-date.js';
import { sourceOf } from './picture-source.js';
import type { PictureRef, PosterInput } from './poster-input.js';
import type { GenerateInvitationRequest } from './posters.dto.js';

const CONTENTS: Readonly<Record<'template' | 'layout' | 'layout-and-image', PosterContent>> = {
  template: 'template',
  layout: 'ai-layout',
  'layout-and-image': 'ai-layout-and-image',
};

/** A template's share of a job. */
type TemplatePart = Pick<PosterInput, 'templateId' | 'templateVersion' | 'design' | 'tree' | 'pictures'>;

/** Checks requests for posters and settles everything that a job needs, so that its worker asks nobody. */
@Injectable()
export class PosterRequests {
  constructor(
    private readonly templates: TemplatesService,
    private readonly kits: BrandKitsService,
    private readonly inputs: MediaInputs,
    private readonly clock: Clock,
  ) {}

  /** What the price depends on. @throws TEMPLATE_REQUIRED */
  contentOf({ design, templateId }: GenerateInvitationRequest): PosterContent {
    const chosen = design ?? (templateId === undefined ? 'layout-and-image' : 'template');
    const templated = templateId !== undefined;
    if ((chosen === 'template') !== templated && !(templated && chosen === 'layout-and-image'))
      throw StudioErrors.TEMPLATE_REQUIRED({ design: chosen });
    return CONTENTS[chosen];
  }

  /** @throws INVALID_EVENT_DATE, UNSUPPORTED_SCRIPT */
  assertSettable(request: GenerateInvitationRequest): void {
    const { date, endDate, timeZone, title, venue, hosts, description, invitee } = request;
    if (timeZone !== undefined && !isTimeZone(timeZone))
      throw StudioErrors.INVALID_EVENT_DATE({ timeZone: 'is no IANA time zone' });
    const start = parseEventDate(date, timeZone);
    const end = endDate === undefined ? start : parseEventDate(endDate, timeZone);
    if (start === undefined || end === undefined) throw StudioErrors.INVALID_EVENT_DATE();
    if (end.wall < start.wall || end.hasTime !== start.hasTime)
      throw StudioErrors.INVALID_EVENT_DATE({
        endDate: 'must not lie before date, and must have a time if date has one',
      });
    const words = [title, venue, ...hosts, description ?? '', invitee ?? ''].join(' ');
    const letters = missingLetters(words);
    if (letters.length > 0) throw StudioErrors.UNSUPPORTED_SCRIPT({ letters: letters.slice(0, 40) });
  }

  /** Looks templates and brand kits up. @throws TEMPLATE_NOT_FOUND, INVALID_SLOTS, BRAND_KIT_NOT_FOUND */
  async assertKnown(request: GenerateInvitationRequest): Promise<void> {
    const { brandKitId, templateId } = request;
    if (brandKitId !== undefined) await this.kits.kit(brandKitId);
    if (templateId !== undefined) await this.slotsOf(templateId, request);
  }

  /** The job's input. Pictures are fetched and kept here. */
  async settle(request: GenerateInvitationRequest): Promise<PosterInput> {
    const {
      title,
      date,
      endDate,
      timeZone,
      locale,
      venue,
      hosts,
      description,
      invitee,
      imagePrompt,
      sizes,
      formats,
    } = request;
    const kit = request.brandKitId === undefined ? undefined : await this.kits.kit(request.brandKitId);
    const logo = await this.logo(request.logo, kit);
    const link = request.rsvpUrl ?? request.ticketUrl;
    const template = await this.template(request, logo);
    return {
      content: this.contentOf(request),
      ...{ title, date, locale, venue, hosts, sizes, formats },
      colours: coloursOf(request.colours, kit),
      ...fontsOf(kit),
      ...present({ endDate, timeZone, description, invitee, imagePrompt, link, logo, brandKitId: kit?.id }),
      ...template,
      ...(request.label ? { label: true } : {}),
      requestedAt: this.clock.now().toISOString(),
    };
  }

  private async logo(given: string | undefined, kit: BrandKit | undefined): Promise<PictureRef | undefined> {
    if (given !== undefined) return { inputId: (await this.inputs.take(sourceOf(given), 'image')).id };
    return kit === undefined || kit.logoKey === null ? undefined : { storageKey: kit.logoKey };
  }

  private async slotsOf(templateId: string, request: GenerateInvitationRequest) {
    const builtIn = systemTemplate(templateId);
    const own = builtIn === undefined ? await this.templates.version(templateId) : undefined;
    if ((builtIn?.kind ?? own?.template.kind) === 'presentation') throw StudioErrors.TEMPLATE_NOT_FOUND();
    const slots = builtIn?.slots ?? (own?.slots as unknown as readonly Slot[]); // written by templates alone
    const names = new Set(slots.map(({ name }) => name));
    const { title, date, venue, description, hosts, invitee, rsvpUrl, ticketUrl } = request;
    const usual = {
      title,
      date,
      venue,
      description,
      hosts: hosts.join(', ') || undefined,
      invitee,
      link: rsvpUrl ?? ticketUrl,
    };
    const ours = Object.fromEntries(
      Object.entries(usual).filter(([name, value]) => names.has(name) && value !== undefined),
    );
    const values = { ...ours, ...request.slots };
    const faults = slotFaults(slots, values);
    if (faults.length > 0) throw StudioErrors.INVALID_SLOTS({ faults: faults.slice(0, 50) });
    const letters = missingLetters(
      Object.values(values)
        .filter((value) => typeof value === 'string' && !value.startsWith('data:'))
        .join(' '),
    );
    if (letters.length > 0) throw StudioErrors.UNSUPPORTED_SCRIPT({ letters: letters.slice(0, 40) });
    return { builtIn, own, slots, values: values as SlotValues };
  }

  private async template(
    request: GenerateInvitationRequest,
    logo: PictureRef | undefined,
  ): Promise<TemplatePart> {
    const { templateId, locale } = request;
    if (templateId === undefined) return { pictures: {} };
    const { builtIn, own, slots, values } = await this.slotsOf(templateId, request);
    if (own === undefined)
      return { templateId, templateVersion: 1, pictures: {}, ...present({ design: builtIn?.design }) };
    const pictures: Record<string, PictureRef> = {};
    for (const { name, type } of slots) {
      const value = values[name];
      if (type === 'image' && value !== undefined)
        pictures[name] = { inputId: (await this.inputs.take(sourceOf(String(value)), 'image')).id };
    }
    if (logo !== undefined) pictures['logo'] = logo;
    const tree = fillTemplate(own.body as unknown as TemplateNode, slots, values, locale);
    return { templateId, templateVersion: own.version, tree, pictures };
  }
}

function coloursOf(given: readonly string[] | undefined, kit: BrandKit | undefined): Hex[] {
  return given?.map((hex) => hex.toLowerCase() as Hex) ?? kitColours(kit);
}

function fontsOf(kit: BrandKit | undefined): Pick<PosterInput, 'fonts'> {
  if (kit === undefined) return {};
  const display = kit.displayFont as FontFamily | null;
  const body = kit.bodyFont as FontFamily | null;
  return { fonts: { ...(display === null ? {} : { display }), ...(body === null ? {} : { body }) } };
}
