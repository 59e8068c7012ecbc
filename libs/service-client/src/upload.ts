import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';

/** One file for a service's multipart route. It is opened anew for every try, and never held in memory as a whole. */
export interface Upload {
  readonly field: string;
  readonly filename: string;
  readonly mimeType: string;
  /** Exactly how many bytes `open` will give. */
  readonly bytes: number;
  open(): Promise<Readable>;
}

/** A body to be sent, with the headers that describe it. */
export interface OpenBody {
  readonly data: unknown;
  readonly headers: Readonly<Record<string, string>>;
  /** Lets go of what is still open, once the answer is there or none will come. */
  close(): void;
}

const CRLF = '\r\n';

/** The form around the file (RFC 7578), its length told ahead. */
export async function openForm(upload: Upload): Promise<OpenBody> {
  const { field, filename, mimeType, bytes } = upload;
  const boundary = `eventzr-${randomUUID()}`;
  const name = `form-data; name="${quoted(field)}"; filename="${quoted(filename)}"`;
  const lines = [`--${boundary}`, `content-disposition: ${name}`, `content-type: ${mimeType}`, '', ''];
  const [head, tail] = [Buffer.from(lines.join(CRLF)), Buffer.from(`${CRLF}--${boundary}--${CRLF}`)];
  const file = await upload.open();
  const form = Readable.from(parts(head, file, tail), { objectMode: false });
  // Who sends it hears of faults by the request; after that nobody listens.
  form.on('error', () => undefined);
  return {
    data: form,
    headers: {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      'content-length': String(head.length + bytes + tail.length),
    },
    // A refusal may come before the file is out: the request must not wait for the rest of it.
    close: () => {
      file.destroy();
      if (!form.readableEnded) form.destroy(new Error('the upload is not needed any more'));
    },
  };
}

/** What is no form is sent as it stands. */
export function plainBody(data: unknown): OpenBody {
  return { data, headers: {}, close: () => undefined };
}

async function* parts(head: Buffer, file: Readable, tail: Buffer): AsyncGenerator<Buffer> {
  yield head;
  for await (const chunk of file) yield chunk as Buffer;
  yield tail;
}

/** As browsers write names into a form (HTML, multipart/form-data encoding). */
function quoted(text: string): string {
  return text.replaceAll('\r', '%0D').replaceAll('\n', '%0A').replaceAll('"', '%22');
}
