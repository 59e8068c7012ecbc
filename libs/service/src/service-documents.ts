import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompressSync, constants, gzip, gzipSync } from 'node:zlib';
import { Inject, Injectable } from '@nestjs/common';
import { HouseConfig } from '@eventzr/config';
import { HttpErrors, type ErrorEntry, type OpenApiDocument } from '@eventzr/http';
import { describeControllers, documentOf } from './describe-service.js';
import { docsPage } from './docs-page.js';
import { startScript } from './docs-script.js';
import { SERVICE_DEFINITION, basePathOf, type AnyServiceDefinition } from './service-definition.js';

export interface DocumentAsset {
  readonly contentType: string;
  readonly plain: Buffer;
  readonly brotli: Buffer;
  /** Browsers offer brotli over HTTPS and to localhost only. */
  readonly gzip: Buffer;
  /** Changes with the content. */
  readonly version: string;
}

/** The texts that a service shows about itself; each is made once, when first asked for. */
@Injectable()
export class ServiceDocuments {
  readonly startScript: DocumentAsset;
  private openapi: { document: OpenApiDocument; asset: DocumentAsset } | undefined;
  private playground: Promise<DocumentAsset> | undefined;

  constructor(
    @Inject(SERVICE_DEFINITION) private readonly definition: AnyServiceDefinition,
    private readonly config: HouseConfig,
  ) {
    this.startScript = compressed('text/javascript; charset=utf-8', startScript(basePathOf(definition)));
  }

  document(): OpenApiDocument {
    return this.openapiOnce().document;
  }

  openapiAsset(): DocumentAsset {
    return this.openapiOnce().asset;
  }

  /** The house's errors, then the service's own. */
  errorEntries(): readonly ErrorEntry[] {
    return [HttpErrors, ...this.definition.errors].flatMap((catalogue) =>
      Object.values(catalogue).map((factory) => factory.entry),
    );
  }

  /** The page names its bundle by version, so that browsers never ask for the same one twice. */
  page(): Promise<DocumentAsset> {
    this.playground ??= this.scalar().then(({ version }) =>
      compressed('text/html; charset=utf-8', docsPage(this.definition, this.config.embedded, version)),
    );
    return this.playground;
  }

  /** The playground's one file: from the build, or from its package while developing. */
  scalar(): Promise<DocumentAsset> {
    bundle ??= readScalar();
    return bundle;
  }

  private openapiOnce(): { document: OpenApiDocument; asset: DocumentAsset } {
    if (this.openapi === undefined) {
      const document = documentOf(this.definition, describeControllers(this.definition, this.config));
      this.openapi = {
        document,
        asset: compressed('application/json; charset=utf-8', JSON.stringify(document)),
      };
    }
    return this.openapi;
  }
}

// Five megabytes: once per process, however many services it runs.
let bundle: Promise<DocumentAsset> | undefined;

const SCRIPT_TYPE = 'text/javascript; charset=utf-8';
const QUALITY = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

function compressed(contentType: string, text: string): DocumentAsset {
  const plain = Buffer.from(text);
  return asset(contentType, plain, brotliCompressSync(plain, QUALITY), gzipSync(plain));
}

function asset(contentType: string, plain: Buffer, brotli: Buffer, gzipped: Buffer): DocumentAsset {
  const version = createHash('sha256').update(plain).digest('base64url').slice(0, 22);
  return { contentType, plain, brotli, gzip: gzipped, version };
}

async function readScalar(): Promise<DocumentAsset> {
  try {
    const built = new URL('../dist/assets/scalar.js', import.meta.url);
    const [plain, brotli] = await Promise.all([readFile(built), readFile(new URL(`${built.href}.br`))]);
    return asset(SCRIPT_TYPE, plain, brotli, await promisify(gzip)(plain));
  } catch {
    const entry = createRequire(import.meta.url).resolve('@scalar/api-reference');
    const plain = await readFile(
      new URL('../dist/browser/standalone.js', `file://${entry.replace(/[^/]*$/, '')}`),
    );
    return asset(SCRIPT_TYPE, plain, brotliCompressSync(plain, QUALITY), await promisify(gzip)(plain));
  }
}
