import { Resvg } from '@resvg/resvg-js';
import sharp from 'sharp';
import { cutText } from '../../cut-text.js';
import type { Hex } from '../images/colour.js';
import { createRandom } from '../images/random.js';
import { renderImage } from '../images/render-image.js';
import { arrange } from './arrange.js';
import { brandedColours, settled } from './colours.js';
import type { Design, PosterWords } from './designs/design.js';
import { designNamed } from './designs/index.js';
import { chooseDesign } from './choose-design.js';
import type { DrawItem } from './draw-items.js';
import type { FontFamily } from './fonts.js';
import { labelItems } from './label-items.js';
import type { Colours, LayoutNode, Rect } from './layout-tree.js';
import { legible } from './legibility.js';
import { pdfOf } from './pdf-writer.js';
import { aspectOf, PAGE_SIZES, type PageName, unitOf } from './sizes.js';
import { type Picture, type Pictures, svgOf } from './svg-writer.js';

export type PosterFormat = 'png' | 'pdf' | 'svg';

/** A poster to be made; plain data, so that it can cross to an engine’s process. */
export interface PosterJob {
  readonly words: PosterWords;
  /** One of our designs; absent: chosen by the words. */
  readonly design?: string;
  /** A template's tree with its slots filled; it stands in for a design. */
  readonly tree?: LayoutNode;
  /** The template's own colours. */
  readonly treeColours?: Colours;
  readonly colours: readonly Hex[];
  readonly fonts?: { readonly display?: FontFamily; readonly body?: FontFamily };
  /** What the scene shows; absent: no scene. */
  readonly scene?: string;
  /** Encoded pictures by name: `logo`, and a template's slots. */
  readonly pictures: Readonly<Record<string, Uint8Array>>;
  readonly sizes: readonly PageName[];
  readonly formats: readonly PosterFormat[];
  /** Whether the page says that a machine made it. */
  readonly label?: boolean;
  /** Unsigned 32-bit. */
  readonly seed: number;
  readonly createdAt: Date;
}

/** One file of a poster. */
export interface PosterFile {
  readonly role: string;
  readonly bytes: Uint8Array;
  readonly mimeType: string;
  readonly extension: PosterFormat;
  readonly width: number;
  readonly height: number;
}

export interface MadePoster {
  readonly files: PosterFile[];
  readonly thumbnail: Uint8Array;
  readonly design: string;
  readonly limits: string[];
}

/** A page, laid out and readable. */
export interface PosterPage {
  readonly items: readonly DrawItem[];
  readonly colours: Colours;
  readonly pictures: Pictures;
  readonly design: string;
  readonly leftOut: readonly string[];
}

const LARGEST_SCENE = 1_792;
const LARGEST_PICTURE = 1_600;
const THUMBNAIL = 360;

const wording = ({ words, scene }: PosterJob): string =>
  [scene ?? words.title, words.description, words.venue].filter((text) => text !== undefined).join('. ');

function designOf(job: PosterJob): Design {
  const named = job.design === undefined ? undefined : designNamed(job.design);
  return named ?? chooseDesign(wording(job), job.seed);
}

/** The scene in the proportions of its place: every size gets its own, none is stretched or cut. */
async function sceneFor({ seed }: PosterJob, prompt: string, { width, height }: Rect): Promise<Picture> {
  const scale = Math.min(1, LARGEST_SCENE / Math.max(width, height));
  const pixels = { width: Math.ceil(width * scale), height: Math.ceil(height * scale) };
  const { bytes } = await renderImage({
    prompt,
    ...pixels,
    seed,
    variantIndex: 0,
    quality: 'high',
    format: 'jpeg',
  });
  return { bytes: Buffer.from(bytes), mimeType: 'image/jpeg', ...pixels };
}

async function prepared(bytes: Uint8Array): Promise<Picture> {
  const { data, info } = await sharp(bytes, { limitInputPixels: 50_000_000 })
    .rotate()
    .resize(LARGEST_PICTURE, LARGEST_PICTURE, { fit: 'inside', withoutEnlargement: true })
    .png()
    .toBuffer({ resolveWithObject: true });
  return { bytes: data, mimeType: 'image/png', width: info.width, height: info.height };
}

/** Lays one size out. */
export async function composePage(job: PosterJob, size: PageName): Promise<PosterPage> {
  const page = PAGE_SIZES[size];
  const pictures = new Map<string, Picture>();
  for (const [name, bytes] of Object.entries(job.pictures)) pictures.set(name, await prepared(bytes));
  const design = job.tree === undefined ? designOf(job) : undefined;
  const random = createRandom(job.seed);
  const base =
    design === undefined
      ? (job.treeColours ?? settled(NEUTRAL))
      : random.fork('palette').pick(design.palettes);
  const colours = brandedColours(base, job.colours);
  const tree =
    job.tree ??
    design?.build(job.words, {
      aspect: aspectOf(page),
      random,
      scene: job.scene !== undefined,
      logo: pictures.has('logo'),
      display: job.fonts?.display ?? design.display,
      body: job.fonts?.body ?? design.body,
    });
  if (tree === undefined) throw new Error('a poster needs a design or a template');
  const { items, leftOut } = arrange(
    tree,
    { x: 0, y: 0, width: page.width, height: page.height },
    unitOf(page),
  );
  const place = items.find((item) => item.kind === 'picture' && item.picture === 'scene');
  if (place?.kind === 'picture' && job.scene !== undefined)
    pictures.set('scene', await sceneFor(job, job.scene, place.rect));
  const readable = legible(items, page, colours, pictures);
  const label = job.label === true ? labelItems(page, readable) : [];
  return { items: [...readable, ...label], colours, pictures, design: design?.id ?? 'template', leftOut };
}

const NEUTRAL: Colours = {
  paper: '#ffffff',
  ink: '#16161a',
  accent: '#2f4fd0',
  second: '#f2b134',
  muted: '#5a5d66',
  onAccent: '#ffffff',
};

async function pngOf(svg: string): Promise<Buffer> {
  const { pixels, width, height } = new Resvg(svg, { font: { loadSystemFonts: false } }).render();
  return sharp(pixels, { raw: { width, height, channels: 4 } })
    .flatten()
    .png({ compressionLevel: 6 })
    .toBuffer();
}

/** Makes every size in every format. CPU-bound: about a second for a PNG in A4. */
export async function renderPoster(job: PosterJob): Promise<MadePoster> {
  const files: PosterFile[] = [];
  const limits = new Set<string>();
  let design = 'template';
  let thumbnail: Buffer | undefined;
  for (const size of job.sizes) {
    const page = PAGE_SIZES[size];
    const { width, height } = page;
    const { items, colours, pictures, leftOut, ...composed } = await composePage(job, size);
    design = composed.design;
    for (const text of leftOut) limits.add(`left out of ${size} for want of room: ${cutText(text, 60)}`);
    const svg = svgOf(items, page, colours, pictures);
    thumbnail ??= await sharp(await smallPng(svg, width, height))
      .webp({ quality: 82 })
      .toBuffer();
    for (const format of job.formats) {
      const bytes =
        format === 'svg'
          ? Buffer.from(svg)
          : format === 'png'
            ? await pngOf(svg)
            : await pdfOf(items, page, colours, pictures, {
                title: job.words.title,
                subject: `${job.words.date}, ${job.words.venue}`,
                keywords: 'EventZR, AI-generated',
                createdAt: job.createdAt,
              });
      const mimeType = { png: 'image/png', svg: 'image/svg+xml', pdf: 'application/pdf' }[format];
      files.push({ role: `${size}.${format}`, bytes, mimeType, extension: format, width, height });
    }
  }
  return { files, thumbnail: thumbnail ?? Buffer.alloc(0), design, limits: [...limits] };
}

async function smallPng(svg: string, width: number, height: number): Promise<Buffer> {
  const fitTo =
    width > height
      ? ({ mode: 'width', value: THUMBNAIL } as const)
      : ({ mode: 'height', value: THUMBNAIL } as const);
  return Buffer.from(new Resvg(svg, { fitTo, font: { loadSystemFonts: false } }).render().asPng());
}
