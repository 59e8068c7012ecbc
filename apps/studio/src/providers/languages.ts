/** Whether a voice or model of `own` takes `wanted` (BCP 47): regions may differ; `mul` and `*` take any. */
export function speaks(own: string, wanted: string): boolean {
  return own === 'mul' || own === '*' || primary(own) === primary(wanted);
}

const primary = (tag: string): string => tag.split('-')[0]?.toLowerCase() ?? '';

/** `German (Germany)` for `de-DE`. */
export function languageName(tag: string): string {
  return new Intl.DisplayNames(['en'], { type: 'language', languageDisplay: 'standard' }).of(tag) ?? tag;
}
