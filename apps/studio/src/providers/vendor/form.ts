/** A multipart form: numbers and texts as fields, pictures as PNG files, nothing for undefined. */
export function formOf(fields: Readonly<Record<string, string | number | Buffer | undefined>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    if (Buffer.isBuffer(value))
      form.append(name, new Blob([new Uint8Array(value)], { type: 'image/png' }), `${name}.png`);
    else form.append(name, String(value));
  }
  return form;
}
