import { Injectable } from '@nestjs/common';
import { derivedId } from '@eventzr/config';
import { LABEL_TEXT } from '../providers/local/label/plate.js';
import { LocalPosterEngine } from '../providers/local/posters/local-poster-engine.js';
import type { PosterWords } from '../providers/local/posters/designs/design.js';
import type { MadePoster, PosterJob } from '../providers/local/posters/render-poster.js';
import { ProviderFault } from '../providers/provider-fault.js';
import type { RenderedFile, RenderedPiece, RenderTask, RenderWorkTools } from '../render-jobs/renderer.js';
import { Renderer } from '../render-jobs/renderer.js';
import { StudioErrors } from '../studio.errors.js';
import { calendarOf } from './calendar.js';
import { dateInWords, type EventDate, parseEventDate } from './event-date.js';
import { JobPictures } from './job-pictures.js';
import { posterCostBoundMicroUsd } from './poster-costs.js';
import type { PosterInput, PosterKind } from './poster-input.js';
import { labelsFor } from './poster-labels.js';

/** For ever: who imports an invitation again must find the entry that is there. */
const CALENDAR_NAMESPACE = '0b6c3a52-9d43-4f0b-8c3e-6a7f2f1f9d11';

/** Two names alone over an invitation are a couple's. */
const COUPLE =
  /^\p{Lu}[\p{L}'’.-]+(?: \p{Lu}[\p{L}'’.-]+)?\s(?:&|\+|and|und|et|y|e)\s\p{Lu}[\p{L}'’.-]+(?: \p{Lu}[\p{L}'’.-]+)?$/u;

/** Makes all files of a poster or an invitation as one piece. */
abstract class PaperRenderer extends Renderer<PosterInput> {
  readonly providerError = StudioErrors.POSTER_PROVIDER_ERROR;
  readonly timeoutError = StudioErrors.POSTER_TIMEOUT;
  readonly refusalError = StudioErrors.POSTER_REFUSED;
  abstract override readonly type: PosterKind;

  constructor(
    private readonly engine: LocalPosterEngine,
    private readonly pictures: JobPictures,
  ) {
    super();
  }

  pieces(): number {
    return 1;
  }

  maxCostMicroUsd({ content }: PosterInput): number {
    return posterCostBoundMicroUsd(content);
  }

  safeToResubmit(): boolean {
    return true;
  }

  async render(task: RenderTask<PosterInput>, { signal }: RenderWorkTools): Promise<RenderedPiece> {
    const { input, seed, tenantId } = task;
    const start = readDate(input.date, input.timeZone);
    const { logo } = input;
    const wanted = { ...input.pictures, ...(logo === undefined ? {} : { logo }) };
    const pictures = await this.pictures.read(tenantId, wanted);
    const made = await this.engine.make(jobOf(this.type, input, start, pictures, seed), signal);
    const said = input.label === true ? { visibleLabel: LABEL_TEXT } : {};
    const files = made.files.map((file) => this.file(file, { ...made, said }, seed));
    return { files: this.type === 'invitation' ? [...files, this.calendar(task, start)] : files };
  }

  private file(
    { bytes, ...file }: MadePoster['files'][number],
    { thumbnail, design, limits, said }: MadePoster & { readonly said: object },
    seed: number,
  ): RenderedFile {
    const { name: provider, model } = this.engine;
    const pages = file.extension === 'pdf' ? { pages: 1 } : {};
    const provenance = { generator: model, design, limits, ...said };
    return {
      ...file,
      ...pages,
      bytes: Buffer.from(bytes),
      thumbnail: Buffer.from(thumbnail),
      provider,
      model,
      seed,
      provenance,
    };
  }

  private calendar({ input, seed, tenantId }: RenderTask<PosterInput>, start: EventDate): RenderedFile {
    const { title, venue, description, link, endDate, timeZone, requestedAt } = input;
    const text = calendarOf({
      uid: derivedId(CALENDAR_NAMESPACE, `${tenantId}|${title}|${input.date}|${venue}`),
      stampedAt: new Date(requestedAt),
      start,
      ...(endDate === undefined ? {} : { end: readDate(endDate, timeZone) }),
      title,
      venue,
      ...(description === undefined ? {} : { description }),
      ...(link === undefined ? {} : { url: link }),
    });
    const { name: provider, model } = this.engine;
    const format = { mimeType: 'text/calendar', extension: 'ics', role: 'calendar' };
    return { ...format, bytes: Buffer.from(text), provider, model, seed, provenance: { generator: model } };
  }
}

function readDate(text: string, timeZone: string | undefined): EventDate {
  const date = parseEventDate(text, timeZone);
  if (date === undefined)
    throw new ProviderFault({ provider: 'local', kind: 'rejected', message: 'the date cannot be read' });
  return date;
}

function wordsOf(kind: PosterKind, input: PosterInput, start: EventDate): PosterWords {
  const { title, venue, hosts, description, invitee, link, locale } = input;
  return {
    kind,
    title,
    ...dateInWords(start, locale),
    venue,
    hosts,
    ...(description === undefined ? {} : { description }),
    ...(invitee === undefined ? {} : { invitee }),
    ...(link === undefined ? {} : { qr: link }),
    labels: labelsFor(locale, kind === 'invitation' ? 'rsvp' : 'tickets'),
  };
}

function jobOf(
  kind: PosterKind,
  input: PosterInput,
  start: EventDate,
  pictures: PosterJob['pictures'],
  seed: number,
): PosterJob {
  const {
    content,
    title,
    description,
    imagePrompt,
    colours,
    fonts,
    design,
    tree,
    treeColours,
    sizes,
    formats,
    label = false,
    requestedAt,
  } = input;
  const occasion = kind === 'invitation' && COUPLE.test(title) ? 'Wedding' : title;
  const scene =
    content === 'ai-layout-and-image' ? (imagePrompt ?? [occasion, description ?? ''].join('. ')) : undefined;
  return {
    words: wordsOf(kind, input, start),
    ...(design === undefined ? {} : { design }),
    ...(tree === undefined ? {} : { tree }),
    ...(treeColours === undefined ? {} : { treeColours }),
    ...(fonts === undefined ? {} : { fonts }),
    ...(scene === undefined ? {} : { scene }),
    colours,
    pictures,
    sizes,
    formats,
    label,
    seed,
    createdAt: new Date(requestedAt),
  };
}

@Injectable()
export class PosterRenderer extends PaperRenderer {
  readonly type = 'poster';
  readonly operation = 'posters.generate';

  constructor(engine: LocalPosterEngine, pictures: JobPictures) {
    super(engine, pictures);
  }
}

@Injectable()
export class InvitationRenderer extends PaperRenderer {
  readonly type = 'invitation';
  readonly operation = 'invitations.generate';

  constructor(engine: LocalPosterEngine, pictures: JobPictures) {
    super(engine, pictures);
  }
}
