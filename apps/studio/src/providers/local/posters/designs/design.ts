import type { Random } from '../../images/random.js';
import type { FontFamily } from '../fonts.js';
import type { Colours, LayoutNode } from '../layout-tree.js';
import type { Aspect } from '../sizes.js';

/** What is set, in the words in which it is set. */
export interface PosterWords {
  readonly kind: 'poster' | 'invitation';
  readonly title: string;
  readonly date: string;
  /** Absent: a day without a time. */
  readonly time?: string;
  readonly venue: string;
  readonly hosts: readonly string[];
  readonly description?: string;
  /** Invitations: whom it is for. */
  readonly invitee?: string;
  /** What the QR code leads to. */
  readonly qr?: string;
  readonly labels: {
    readonly hosts: string;
    readonly invited: string;
    readonly dear: string;
    readonly scan: string;
  };
}

/** What a design may build with. */
export interface DesignPage {
  readonly aspect: Aspect;
  readonly random: Random;
  readonly scene: boolean;
  readonly logo: boolean;
  readonly display: FontFamily;
  readonly body: FontFamily;
}

/** One way to compose a poster, for every size. */
export interface Design {
  readonly id: string;
  readonly name: string;
  /** What it suits: words of `parsePrompt` events and moods. */
  readonly suits: readonly string[];
  readonly display: FontFamily;
  readonly body: FontFamily;
  readonly palettes: readonly [Colours, ...Colours[]];
  build(words: PosterWords, page: DesignPage): LayoutNode;
}
