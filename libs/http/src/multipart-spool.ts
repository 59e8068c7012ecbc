import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type {} from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { HttpErrors, type FieldFault } from './errors.js';
import type { MultipartFile, MultipartForm } from './multipart.js';
import type { MultipartOptions, RouteOptions } from './route.js';
import { isStorableText } from './safe-json.js';
import { validated } from './validation.js';

const MAX_FIELDS = 50;
const MAX_FIELD_BYTES = 64 * 1024;

interface Spool {
  readonly folder: Promise<string>;
  readonly form: Promise<MultipartForm<object>>;
}

const spools = new WeakMap<FastifyRequest, Spool>();

/**
 * The request's multipart body on disk. The first caller (idempotency, else the handler) spools it, later ones get
 * the same form.
 */
export function spoolMultipart(request: FastifyRequest): Promise<MultipartForm<object>> {
  const known = spools.get(request);
  if (known !== undefined) return known.form;
  const folder = mkdtemp(path.join(tmpdir(), 'eventzr-upload-'));
  const spool = { folder, form: folder.then((target) => receive(request, target)) };
  spools.set(request, spool);
  return spool.form;
}

/** Whether `removeSpool` has anything to remove. */
export function hasSpool(request: FastifyRequest): boolean {
  return spools.has(request);
}

/** Removes what `spoolMultipart` wrote; called once the response is out. */
export async function removeSpool(request: FastifyRequest): Promise<void> {
  const spool = spools.get(request);
  if (spool === undefined) return;
  spools.delete(request);
  await spool.form.catch(() => undefined);
  await rm(await spool.folder, { recursive: true, force: true });
}

function optionsOf(request: FastifyRequest): MultipartOptions {
  const house = (request.routeOptions.config as { house?: RouteOptions }).house;
  if (house?.multipart === undefined)
    throw new Error('The route takes @Multipart() but declares no multipart limits');
  return house.multipart;
}

async function receive(request: FastifyRequest, folder: string): Promise<MultipartForm<object>> {
  const options = optionsOf(request);
  if (!request.isMultipart()) throw HttpErrors.UNSUPPORTED_MEDIA_TYPE({ accepts: ['multipart/form-data'] });
  const fields: Record<string, string> = {};
  const files: MultipartFile[] = [];
  const faults: FieldFault[] = [];
  const limits = {
    fileSize: options.maxFileBytes,
    files: options.maxFiles ?? 1,
    fields: MAX_FIELDS,
    fieldSize: MAX_FIELD_BYTES,
    fieldNameSize: 100,
  };
  for await (const part of request.parts({ limits })) {
    if (part.type === 'file') {
      if (!Object.hasOwn(options.files, part.fieldname)) faults.push(unknownFile(part.fieldname));
      files.push(await spoolFile(part, path.join(folder, String(files.length)), options));
    } else {
      if (part.valueTruncated) throw HttpErrors.PAYLOAD_TOO_LARGE({ field: part.fieldname });
      const text = String(part.value);
      if (!isStorableText(text)) throw HttpErrors.MALFORMED_BODY({ field: part.fieldname });
      fields[part.fieldname] = text;
    }
  }
  for (const [field, { required }] of Object.entries(options.files)) {
    if (required === true && !files.some((file) => file.field === field)) {
      faults.push({ field, rule: 'required', message: `${field} is required` });
    }
  }
  if (faults.length > 0) throw HttpErrors.VALIDATION_FAILED(faults);
  return {
    fields: options.fields === undefined ? fields : validated(options.fields, fields, { textual: true }),
    files,
  };
}

function unknownFile(field: string): FieldFault {
  return { field, rule: 'whitelistValidation', message: `${field} is not a known file field` };
}

interface FilePart {
  readonly fieldname: string;
  readonly filename: string;
  readonly mimetype: string;
  readonly file: Readable & { readonly truncated: boolean };
}

async function spoolFile(
  part: FilePart,
  target: string,
  { maxFileBytes: maxBytes, tooLarge = HttpErrors.PAYLOAD_TOO_LARGE }: MultipartOptions,
): Promise<MultipartFile> {
  const hash = createHash('sha256');
  let bytes = 0;
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      hash.update(chunk);
      done(null, chunk);
    },
  });
  await pipeline(part.file, meter, createWriteStream(target, { mode: 0o600 }));
  if (part.file.truncated) throw tooLarge({ field: part.fieldname, maxBytes });
  return {
    field: part.fieldname,
    path: target,
    filename: part.filename,
    mimeType: part.mimetype,
    bytes,
    sha256: hash.digest('hex'),
  };
}
