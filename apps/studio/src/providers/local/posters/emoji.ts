import { createRequire } from 'node:module';

interface IconSet {
  readonly icons: Readonly<Record<string, { readonly body: string } | undefined>>;
}

const load = createRequire(import.meta.url);
let icons: IconSet['icons'] | undefined;
let names: Readonly<Record<string, string | undefined>> | undefined;

/** Side of the drawings' square. */
export const EMOJI_SIDE = 32;

/** The name of the drawing for an emoji, as one reader-perceived letter. */
export function emojiOf(cluster: string): string | undefined {
  names ??= load('@iconify-json/fluent-emoji-flat/chars.json') as Record<string, string>;
  const points = [...cluster].map((letter) => (letter.codePointAt(0) ?? 0).toString(16));
  return names[points.join('-')] ?? names[points.filter((point) => point !== 'fe0f').join('-')];
}

/** The drawing as SVG markup in a square of {@link EMOJI_SIDE}. */
export function emojiBody(name: string): string {
  icons ??= (load('@iconify-json/fluent-emoji-flat/icons.json') as IconSet).icons;
  return icons[name]?.body ?? '';
}
