import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { brotliCompressSync, constants } from 'node:zlib';
import { Inject, Injectable } from '@nestjs/common';
import { HouseConfig } from '@eventzr/config';
import { HttpErrors, type ErrorEntry, type OpenApiDocument } from '@eventzr/http';
import { describeControllers, documentOf } from './describe-service.js';
import { docsPage, startScript } from './docs-page.js';
import { SERVICE_DEFINITION, basePathOf, type AnyServiceDefinition } from './service-definition.js';

export interface DocumentAsset {
  readonly contentType: string;
  readonly plain: Buffer;
  readonly brotli: Buffer | undefined;
}

/** The texts that a service shows about itself; each is made once, when first asked for. */
@Injectable()
export class ServiceDocuments {
  readonly page: DocumentAsset;
  readonly startScript: DocumentAsset;
  private openapi: { document: OpenApiDocument; asset: DocumentAsset } | undefined;
  private bundle: Promise<DocumentAsset> | undefined;

  constructor(
    @Inject(SERVICE_DEFINITION) private readonly definition: AnyServiceDefinition,
    private readonly config: HouseConfig,
  ) {
    this.page = compressed('text/html; charset=utf-8', docsPage(definition, config.embedded));
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

  /** The playground's one file: from the build, or from its package while developing. */
  scalar(): Promise<DocumentAsset> {
    this.bundle ??= readScalar();
    return this.bundle;
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

const SCRIPT_TYPE = 'text/javascript; charset=utf-8';
const QUALITY = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

function compressed(contentType: string, text: string): DocumentAsset {
  const plain = Buffer.from(text);
  return { contentType, plain, brotli: brotliCompressSync(plain, QUALITY) };
}

async function readScalar(): Promise<DocumentAsset> {
  try {
    const built = new URL('../dist/assets/scalar.js', import.meta.url);
    const [plain, brotli] = await Promise.all([readFile(built), readFile(new URL(`${built.href}.br`))]);
    return { contentType: SCRIPT_TYPE, plain, brotli };
  } catch {
    const entry = createRequire(import.meta.url).resolve('@scalar/api-reference');
    const plain = await readFile(
      new URL('../dist/browser/standalone.js', `file://${entry.replace(/[^/]*$/, '')}`),
    );
    return { contentType: SCRIPT_TYPE, plain, brotli: brotliCompressSync(plain, QUALITY) };
  }
}
