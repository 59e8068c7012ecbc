import { Injectable } from '@nestjs/common';
import { isUuid } from '@eventzr/config';
import { kitColours } from '../brand-kits/kit-colours.js';
import type { BrandKit } from '../brand-kits/brand-kits.repository.js';
import { BrandKitsService } from '../brand-kits/brand-kits.service.js';
import { MediaInputs } from '../inputs/media-inputs.js';
import { sourceOf } from '../posters/picture-source.js';
import type { PictureRef } from '../posters/poster-input.js';
import type { Brand } from '../providers/local/slides/deck.js';
import { themeNames } from '../providers/local/slides/themes.js';
import { present } from '../render-jobs/present.js';
import { StudioErrors } from '../studio.errors.js';
import type { DeckBody } from '../templates/deck-body.js';
import { type FilledDeck, fillDeck } from '../templates/fill-deck.js';
import { systemTemplate } from '../templates/system-templates.js';
import { type Slot, slotFaults, type SlotValues } from '../templates/template-slots.js';
import { TemplatesService } from '../templates/templates.service.js';
import type { PresentationInput } from './presentation-input.js';
import type { GeneratePresentationRequest } from './presentations.dto.js';

/** A request whose template and brand kit were looked up: what its price depends on, and the pictures still to be taken. */
export interface PlannedDeck {
  readonly input: PresentationInput;
  /** Where the pictures of slots are to be had, by slot. */
  readonly sources: Readonly<Record<string, string>>;
}

/** A template's share of a deck. */
interface TemplatePart extends Partial<FilledDeck> {
  readonly version?: number;
  readonly topic?: string;
  readonly audience?: string;
  readonly sources: Readonly<Record<string, string>>;
}

const NO_SLIDE = { field: 'slots', message: 'leave no slide of the template' };
const NO_TEMPLATE = { field: 'slots', message: 'need the templateId of a template that has them' };

/** Looks up what a request for a presentation names, and settles everything that its job needs. */
@Injectable()
export class PresentationRequests {
  constructor(
    private readonly templates: TemplatesService,
    private readonly kits: BrandKitsService,
    private readonly inputs: MediaInputs,
  ) {}

  /**
   * Everything but the pictures.
   * @throws INVALID_TOPIC, INVALID_OUTLINE, UNKNOWN_SLIDE_THEME, INVALID_SLOTS 400, TEMPLATE_NOT_FOUND,
   * BRAND_KIT_NOT_FOUND 404
   */
  async plan(request: GeneratePresentationRequest): Promise<PlannedDeck> {
    assertChartsWhole(request);
    const { brandKitId, templateId, outline, slides, images, charts, format, formats } = request;
    const kit = brandKitId === undefined ? undefined : await this.kits.kit(brandKitId);
    const { sources, ...part } = await this.template(request);
    const [topic, audience] = [part.topic ?? request.topic, part.audience ?? request.audience];
    if (topic === undefined && outline === undefined && part.slides === undefined)
      throw StudioErrors.INVALID_TOPIC();
    const brand = brandOf(request.brand, kit, part.colours);
    const input = {
      slides: part.slides?.length ?? outline?.length ?? slides,
      ...{ images, charts, formats: formats ?? [format] },
      ...present({ topic, audience, outline, templateId, brandKitId, brand }),
      ...present({ templateVersion: part.version, filled: part.slides, theme: part.theme }),
      ...(kit === undefined || kit.logoKey === null
        ? {}
        : { pictures: { logo: { storageKey: kit.logoKey } } }),
    };
    return { input, sources };
  }

  /** The job's input: the pictures are fetched, checked and kept here. @throws what `MediaInputs.take` throws */
  async settle({ input, sources }: PlannedDeck): Promise<PresentationInput> {
    const taken: Record<string, PictureRef> = {};
    if (input.images)
      for (const [slot, source] of Object.entries(sources))
        taken[slot] = { inputId: (await this.inputs.take(sourceOf(source), 'image')).id };
    const pictures = { ...input.pictures, ...taken };
    return Object.keys(pictures).length === 0 ? input : { ...input, pictures };
  }

  private async template(request: GeneratePresentationRequest): Promise<TemplatePart> {
    const { templateId, slots } = request;
    if (templateId !== undefined && isUuid(templateId)) return this.named(templateId, request);
    if (templateId !== undefined && !themeNames().includes(templateId))
      throw StudioErrors.UNKNOWN_SLIDE_THEME({ templateId, known: themeNames() });
    if (slots !== undefined) throw StudioErrors.INVALID_SLOTS({ faults: [NO_TEMPLATE] });
    return { sources: {}, ...present({ theme: templateId }) };
  }

  private async named(id: string, request: GeneratePresentationRequest): Promise<TemplatePart> {
    const builtIn = systemTemplate(id);
    if (builtIn !== undefined) {
      if (builtIn.kind !== 'presentation') throw StudioErrors.TEMPLATE_NOT_FOUND();
      const { topic, audience } = valuesFor(builtIn.slots, request) as { topic?: string; audience?: string }; // both are texts
      return { theme: builtIn.design, version: 1, sources: {}, ...present({ topic, audience }) };
    }
    const { template, version, slots, body } = await this.templates.version(id);
    if (template.kind !== 'presentation') throw StudioErrors.TEMPLATE_NOT_FOUND();
    if (request.outline !== undefined)
      throw StudioErrors.INVALID_OUTLINE({ outline: 'a template brings slides of its own' });
    const own = slots as unknown as readonly Slot[]; // written by templates alone, as the body is
    const values = valuesFor(own, request);
    const deck = fillDeck(body as unknown as DeckBody, own, values, request.locale);
    if (deck.slides.length === 0) throw StudioErrors.INVALID_SLOTS({ faults: [NO_SLIDE] });
    return { ...deck, version, sources: picturesOf(own, values) };
  }
}

function assertChartsWhole({ outline = [] }: GeneratePresentationRequest): void {
  for (const [slide, { chart }] of outline.entries())
    if (chart?.series.some(({ values }) => values.length !== chart.labels.length) === true)
      throw StudioErrors.INVALID_OUTLINE({ slide });
}

/** Topic and audience fill slots of their names. @throws INVALID_SLOTS */
function valuesFor(slots: readonly Slot[], request: GeneratePresentationRequest): SlotValues {
  const names = new Set(slots.map(({ name }) => name));
  const { topic, audience } = request;
  const usual = Object.entries(present({ topic, audience })).filter(([name]) => names.has(name));
  const values = { ...Object.fromEntries(usual), ...request.slots };
  const faults = slotFaults(slots, values);
  if (faults.length > 0) throw StudioErrors.INVALID_SLOTS({ faults: faults.slice(0, 50) });
  return values as SlotValues;
}

function picturesOf(slots: readonly Slot[], values: SlotValues): Record<string, string> {
  const given = slots.filter(({ name, type }) => type === 'image' && values[name] !== undefined);
  return Object.fromEntries(given.map(({ name }) => [name, String(values[name])]));
}

/** What the caller wrote goes before the kit, and the kit before the template. */
function brandOf(
  given: GeneratePresentationRequest['brand'],
  kit: BrandKit | undefined,
  ofTemplate: readonly string[] | undefined,
): Brand | undefined {
  if (given === undefined && kit === undefined && ofTemplate === undefined) return undefined;
  const ofKit = kitColours(kit);
  const fontFamily = given?.fontFamily ?? kit?.displayFont ?? undefined;
  const bodyFont = kit?.bodyFont ?? undefined;
  return {
    colours: given?.colours ?? (ofKit.length > 0 ? ofKit : (ofTemplate ?? [])),
    ...present({ fontFamily, bodyFont }),
  };
}
