/** Whether a voice or model of `own` takes `wanted` (BCP 47): regions may differ; `mul` and `*` take any. */
export function speaks(own: string, wanted: string): boolean {
  return own === 'mul' || own === '*' || primary(own) === primary(wanted);
}

const primary = (tag: string): string => tag.split('-')[0]?.toLowerCase() ?? '';

/** `German (Germany)` for `de-DE`. */
export function languageName(tag: string): string {
  return new Intl.DisplayNames(['en'], { type: 'language', languageDisplay: 'standard' }).of(tag) ?? tag;
}

/** ISO 639-1. */
const CODES =
  'af ar az be bg bn bs ca cs cy da de el en es et fa fi fr gl gu he hi hr hu hy id is it ja kk kn ko lt lv mi mk ml mr ms nb ne nl pa pl pt ro ru sk sl sq sr sv sw ta te th tl tr uk ur vi zh'.split(
    ' ',
  );

/** `de` for `german`, as vendors name what they heard. */
export function languageTagNamed(name: string): string | undefined {
  return CODES.find((code) => languageName(code).toLowerCase() === name.toLowerCase());
}
