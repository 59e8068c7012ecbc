/** Looks that the composer can draw in. */
export const STYLES = [
  'flat',
  'realistic',
  'artistic',
  'anime',
  '3d-render',
  'watercolour',
  'vintage',
  'noir',
  'minimal',
  'sketch',
  'pop-art',
  'pixel-art',
  'neon',
] as const;

export type Style = (typeof STYLES)[number];

const ALIASES: Readonly<Record<string, Style>> = {
  vector: 'flat',
  illustration: 'flat',
  'digital-art': 'flat',
  modern: 'flat',
  corporate: 'flat',
  'flat-design': 'flat',
  natural: 'realistic',
  photo: 'realistic',
  photographic: 'realistic',
  photorealistic: 'realistic',
  photography: 'realistic',
  cinematic: 'realistic',
  hyperrealistic: 'realistic',
  vivid: 'pop-art',
  'oil-painting': 'artistic',
  painting: 'artistic',
  impressionist: 'artistic',
  painterly: 'artistic',
  cartoon: 'anime',
  manga: 'anime',
  comic: 'anime',
  'comic-book': 'anime',
  '3d': '3d-render',
  '3d-model': '3d-render',
  clay: '3d-render',
  watercolor: 'watercolour',
  'water-colour': 'watercolour',
  'water-color': 'watercolour',
  retro: 'vintage',
  sepia: 'vintage',
  'film-noir': 'noir',
  'black-and-white': 'noir',
  monochrome: 'noir',
  minimalist: 'minimal',
  minimalism: 'minimal',
  elegant: 'minimal',
  'line-art': 'sketch',
  pencil: 'sketch',
  drawing: 'sketch',
  popart: 'pop-art',
  pixel: 'pixel-art',
  cyberpunk: 'neon',
  'neon-punk': 'neon',
  synthwave: 'neon',
};

/** A style for a preset name, however it is spelled; undefined when we have none of that name. */
export function styleNamed(preset: string): Style | undefined {
  const key = preset
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '-');
  return STYLES.find((style) => style === key) ?? (Object.hasOwn(ALIASES, key) ? ALIASES[key] : undefined);
}

/** A style named inside the prompt ("watercolour painting of..."), for requests without a preset. */
export function styleInPrompt(prompt: string): Style | undefined {
  const words =
    /\b(watercolou?r|anime|manga|pixel[ -]art|film noir|noir|pencil sketch|sketch|line[ -]art|oil painting|impressionist|3d[ -]render(?:ing)?|pop[ -]art|minimalist|vintage|sepia|neon|cyberpunk|photorealistic)\b/i.exec(
      prompt,
    )?.[1];
  return words === undefined ? undefined : (styleNamed(words.replace('rendering', 'render')) ?? undefined);
}
