import type { PosterContent } from '@eventzr/wallet-client';
import type { Hex } from '../providers/local/images/colour.js';
import type { FontFamily } from '../providers/local/posters/fonts.js';
import type { Colours, LayoutNode } from '../providers/local/posters/layout-tree.js';
import type { PosterFormat } from '../providers/local/posters/render-poster.js';
import type { PageName } from '../providers/local/posters/sizes.js';

export type PosterKind = 'poster' | 'invitation';

/** A picture that the worker reads: a caller's copy, or a brand kit's logo by where it lies. */
export type PictureRef = { readonly inputId: string } | { readonly storageKey: string };

/** What a poster or invitation job keeps of its request; everything is decided when it is submitted. */
export type PosterInput = {
  readonly content: PosterContent;
  readonly title: string;
  /** ISO 8601, as the caller wrote it. */
  readonly date: string;
  readonly endDate?: string;
  readonly timeZone?: string;
  readonly locale: string;
  readonly venue: string;
  readonly hosts: readonly string[];
  readonly description?: string;
  readonly invitee?: string;
  readonly link?: string;
  readonly colours: readonly Hex[];
  readonly fonts?: { readonly display?: FontFamily; readonly body?: FontFamily };
  readonly logo?: PictureRef;
  /** Where a template is used: which, in which version, and its tree with the slots filled. */
  readonly templateId?: string;
  readonly templateVersion?: number;
  readonly brandKitId?: string;
  readonly design?: string;
  readonly tree?: LayoutNode;
  readonly treeColours?: Colours;
  readonly pictures: Readonly<Record<string, PictureRef>>;
  readonly imagePrompt?: string;
  readonly label?: boolean;
  readonly sizes: readonly PageName[];
  readonly formats: readonly PosterFormat[];
  /** When it was asked for. */
  readonly requestedAt: string;
};
