/** The parts of fontkit that are used here; the package ships no types. */
declare module 'fontkit' {
  export interface GlyphPath {
    toSVG(): string;
    scale(x: number, y?: number): GlyphPath;
  }
  export interface Glyph {
    readonly id: number;
    readonly path: GlyphPath;
    readonly advanceWidth: number;
  }
  export interface GlyphPosition {
    readonly xAdvance: number;
    readonly xOffset: number;
    readonly yOffset: number;
  }
  export interface GlyphRun {
    readonly glyphs: readonly Glyph[];
    readonly positions: readonly GlyphPosition[];
    readonly advanceWidth: number;
  }
  export interface Font {
    readonly unitsPerEm: number;
    readonly ascent: number;
    readonly descent: number;
    readonly capHeight: number;
    hasGlyphForCodePoint(codePoint: number): boolean;
    layout(text: string, features?: string[]): GlyphRun;
  }
  export function create(bytes: Buffer): Font;
}
