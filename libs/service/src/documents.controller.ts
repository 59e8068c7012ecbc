import { createHash } from 'node:crypto';
import { Controller, Get, Headers } from '@nestjs/common';
import { Public } from '@eventzr/auth';
import { bytes, Route, type Bytes, type ErrorEntry } from '@eventzr/http';
import { ErrorEntryView } from './documents.dto.js';
import { ServiceDocuments, type DocumentAsset } from './service-documents.js';

const CONTENT_SECURITY = [
  "default-src 'none'",
  "script-src 'self'",
  // Scalar writes style elements.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "media-src 'self' blob:",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** What callers read before they call: the API document, the playground, the error catalogue. */
@Controller()
@Public()
export class DocumentsController {
  constructor(private readonly documents: ServiceDocuments) {}

  @Get('openapi.json')
  @Route({ summary: 'Get this document', raw: true, contentTypes: ['application/json'] })
  openapi(@Headers('accept-encoding') encodings?: string, @Headers('if-none-match') known?: string): Bytes {
    return send(this.documents.openapiAsset(), encodings, known);
  }

  @Get('docs')
  @Route({ summary: 'Open the playground', raw: true, contentTypes: ['text/html'] })
  playground(
    @Headers('accept-encoding') encodings?: string,
    @Headers('if-none-match') known?: string,
  ): Bytes {
    return send(this.documents.page, encodings, known, { 'content-security-policy': CONTENT_SECURITY });
  }

  @Get('docs/start.js')
  @Route({ summary: 'Get the script that starts the playground', raw: true, hidden: true })
  start(@Headers('accept-encoding') encodings?: string, @Headers('if-none-match') known?: string): Bytes {
    return send(this.documents.startScript, encodings, known);
  }

  @Get('docs/scalar.js')
  @Route({ summary: 'Get the playground itself', raw: true, hidden: true })
  async scalar(
    @Headers('accept-encoding') encodings?: string,
    @Headers('if-none-match') known?: string,
  ): Promise<Bytes> {
    return send(await this.documents.scalar(), encodings, known);
  }

  @Get('errors')
  @Route({ summary: 'List every error code of this service', answer: [ErrorEntryView] })
  errors(): readonly ErrorEntry[] {
    return this.documents.errorEntries();
  }
}

function send(asset: DocumentAsset, encodings = '', known = '', extra: Record<string, string> = {}): Bytes {
  const headers: Record<string, string> = {
    'content-type': asset.contentType,
    // The files change with a deployment only; asking whether they did costs a few bytes.
    'cache-control': 'public, max-age=300, must-revalidate',
    etag: etagOf(asset),
    vary: 'accept-encoding',
    ...extra,
  };
  if (known.includes(etagOf(asset))) return bytes('', headers, 304);
  if (!/\bbr\b/.test(encodings) || asset.brotli === undefined) return bytes(asset.plain, headers);
  return bytes(asset.brotli, { ...headers, 'content-encoding': 'br' });
}

const etags = new WeakMap<DocumentAsset, string>();

function etagOf(asset: DocumentAsset): string {
  let etag = etags.get(asset);
  if (etag === undefined) {
    etag = `"${createHash('sha256').update(asset.plain).digest('base64url').slice(0, 22)}"`;
    etags.set(asset, etag);
  }
  return etag;
}
