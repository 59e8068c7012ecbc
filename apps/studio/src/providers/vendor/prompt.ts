import type { ImageRequest } from '../image-provider.js';

/** For vendors without a field for a style or for what to avoid: both become part of the prompt. */
export function wholePrompt({
  prompt,
  stylePreset,
  negativePrompt,
}: Pick<ImageRequest, 'prompt' | 'stylePreset' | 'negativePrompt'>): string {
  const style = stylePreset === undefined ? '' : `\n\nStyle: ${stylePreset}.`;
  const without =
    negativePrompt === undefined || negativePrompt.trim() === '' ? '' : `\n\nLeave out: ${negativePrompt}.`;
  return prompt + style + without;
}

/** The one of `ratios` (`w:h` or `wxh`) whose proportions are nearest. */
export function nearestRatio(ratios: readonly [string, ...string[]], width: number, height: number): string {
  const distance = (ratio: string): number => {
    const [w = 1, h = 1] = ratio.split(/[:x]/).map(Number);
    return Math.abs(Math.log(w / h / (width / height)));
  };
  return ratios.reduce((best, ratio) => (distance(ratio) < distance(best) ? ratio : best), ratios[0]);
}
