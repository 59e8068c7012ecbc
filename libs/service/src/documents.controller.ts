import { Controller, Get, Headers, Query } from '@nestjs/common';
import { Public } from '@eventzr/auth';
import { bytes, type Bytes, type ErrorEntry, Group, Route } from '@eventzr/http';
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
@Group('About this service', 'Its health, this document, and every error code.')
@Controller()
@Public()
export class DocumentsController {
  constructor(private readonly documents: ServiceDocuments) {}

  @Get('openapi.json')
  @Route({ summary: 'Get this document', raw: true, contentTypes: ['application/json'] })
  openapi(@Headers('accept-encoding') encodings?: string, @Headers('if-none-match') known?: string): Bytes {
    return send(this.documents.openapiAsset(), { encodings, known });
  }

  @Get('docs')
  @Route({ summary: 'Open the playground', raw: true, contentTypes: ['text/html'] })
  async playground(
    @Headers('accept-encoding') encodings?: string,
    @Headers('if-none-match') known?: string,
  ): Promise<Bytes> {
    const page = await this.documents.page();
    return send(page, { encodings, known }, { 'content-security-policy': CONTENT_SECURITY });
  }

  @Get('docs/start.js')
  @Route({ summary: 'Get the script that starts the playground', raw: true, hidden: true })
  start(@Headers('accept-encoding') encodings?: string, @Headers('if-none-match') known?: string): Bytes {
    return send(this.documents.startScript, { encodings, known });
  }

  @Get('docs/scalar.js')
  @Route({ summary: 'Get the playground itself', raw: true, hidden: true })
  async scalar(
    @Query('v') version?: string,
    @Headers('accept-encoding') encodings?: string,
    @Headers('if-none-match') known?: string,
  ): Promise<Bytes> {
    const script = await this.documents.scalar();
    const caching = version === script.version ? FOREVER : REVALIDATE;
    return send(script, { encodings, known }, { 'cache-control': caching });
  }

  @Get('errors')
  @Route({ summary: 'List every error code of this service', answer: [ErrorEntryView] })
  errors(): readonly ErrorEntry[] {
    return this.documents.errorEntries();
  }
}

// Asking whether a file changed costs a few bytes; one that is asked for by its version never does.
const REVALIDATE = 'public, max-age=300, must-revalidate';
const FOREVER = 'public, max-age=31536000, immutable';

interface Reader {
  readonly encodings?: string;
  readonly known?: string;
}

function send(
  asset: DocumentAsset,
  { encodings = '', known = '' }: Reader,
  extra: Record<string, string> = {},
): Bytes {
  const headers: Record<string, string> = {
    'content-type': asset.contentType,
    'cache-control': REVALIDATE,
    etag: `"${asset.version}"`,
    vary: 'accept-encoding',
    ...extra,
  };
  if (known.includes(asset.version)) return bytes('', headers, 304);
  if (/\bbr\b/.test(encodings)) return bytes(asset.brotli, { ...headers, 'content-encoding': 'br' });
  if (/\bgzip\b/.test(encodings)) return bytes(asset.gzip, { ...headers, 'content-encoding': 'gzip' });
  return bytes(asset.plain, headers);
}
