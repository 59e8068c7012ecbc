import type { Type } from '@nestjs/common';
import type { ErrorFactory } from '../errors.js';
import { isDtoClass } from '../validation.js';
import {
  COMMON_SCHEMAS,
  HEADER_PARAMETERS,
  RESPONSE_HEADERS,
  SECURITY_SCHEMES,
  type HeaderParameter,
} from './common-parts.js';
import type {
  MediaType,
  OpenApiDocument,
  Operation,
  Parameter,
  Reference,
  Schema,
} from './document-types.js';
import { rulesOf, SchemaBook } from './dto-schemas.js';
import { requestExample } from './examples.js';
import { errorsOf } from './operation-errors.js';
import type { ErrorShape } from '../error-answer.js';
import { errorResponses, rangeResponses, successResponse } from './responses.js';
import { groupOf } from '../route.js';
import { routesOf, type RouteEntry } from './route-table.js';
import { withUsedParts } from './used-parts.js';

export interface RouteAccess {
  readonly kind: 'public' | 'authenticated' | 'job' | 'internal' | 'signed' | 'vendorSigned';
  /** Asks for a role beyond being signed in. */
  readonly restricted: boolean;
  /** For readers, e.g. `organizer`. */
  readonly roles?: readonly string[];
}

export interface DocumentSettings {
  readonly title: string;
  readonly version: string;
  readonly description: string;
  /** `/studio/v1` */
  readonly basePath: string;
  readonly controllers: readonly Type[];
  accessOf(controller: Type, handler: object): RouteAccess;
  /** Whether the handler honours `Idempotency-Key`. */
  isWrite(handler: object): boolean;
  readonly errorShape?: ErrorShape;
}

/** Writes a service's public document from what its decorators say. Internal routes are left out. */
export function buildDocument(settings: DocumentSettings): OpenApiDocument {
  return new DocumentBuilder(settings).build();
}

const SECURITY: Readonly<Record<RouteAccess['kind'], Record<string, string[]>[]>> = {
  public: [],
  signed: [{}, { bearer: [] }],
  vendorSigned: [],
  authenticated: [{ bearer: [] }],
  job: [{ internalKey: [] }, { internalKeyAlias: [] }],
  internal: [{ serviceName: [], serviceKey: [] }],
};

class DocumentBuilder {
  private readonly book = new SchemaBook();
  private readonly tags = new Map<string, string>();
  private readonly operationIds = new Set<string>();
  private readonly usedParameters = new Set<HeaderParameter>();

  constructor(private readonly settings: DocumentSettings) {
    Object.assign(this.book.schemas, COMMON_SCHEMAS);
  }

  build(): OpenApiDocument {
    const { title, version, description, basePath, controllers } = this.settings;
    const paths: Record<string, Record<string, Operation>> = {};
    for (const route of routesOf(controllers)) {
      const access = this.settings.accessOf(route.controller, route.handler);
      if (access.kind === 'internal' || route.options?.hidden === true) continue;
      const path = `${basePath}${route.path}`.replace(/:(\w+)/g, '{$1}');
      (paths[path] ??= {})[route.method] = this.operation(route, access);
    }
    return withUsedParts({
      openapi: '3.1.0',
      info: {
        title,
        version,
        description,
        license: { name: 'Proprietary', identifier: 'LicenseRef-EventZR' },
      },
      servers: [{ url: '/', description: 'The platform that serves this page' }],
      tags: [...this.tags].map(([name, about]) => ({ name, description: about })),
      paths,
      components: {
        schemas: this.book.schemas,
        securitySchemes: SECURITY_SCHEMES,
        parameters: Object.fromEntries(
          [...this.usedParameters].map((name) => [name, HEADER_PARAMETERS[name]]),
        ),
        headers: RESPONSE_HEADERS,
      },
    });
  }

  private operation(route: RouteEntry, access: RouteAccess): Operation {
    const { options } = route;
    if (options === undefined) throw new Error(`${route.controller.name}.${route.handlerName} has no @Route`);
    const isWrite = this.settings.isWrite(route.handler);
    const roles =
      access.roles !== undefined && access.roles.length > 0 ? `Needs role ${access.roles.join(' or ')}.` : '';
    const description = [options.description, roles]
      .filter((text) => text !== undefined && text !== '')
      .join('\n\n');
    const requestBody = this.requestBody(route);
    return {
      operationId: this.operationId(route),
      summary: options.summary,
      ...(description === '' ? {} : { description }),
      tags: [this.tag(route)],
      security: SECURITY[access.kind],
      parameters: [...this.inputs(route), ...this.headers(route, access, isWrite)],
      ...(requestBody === undefined ? {} : { requestBody }),
      responses: this.responses(route, errorsOf(route, access, isWrite), access, isWrite),
    };
  }

  private responses(
    route: RouteEntry,
    errors: readonly ErrorFactory[],
    access: RouteAccess,
    isWrite: boolean,
  ): Operation['responses'] {
    const status = String(route.options?.status ?? 200);
    const limited = access.kind === 'authenticated';
    const options = route.options ?? { summary: '' };
    const known = { service: this.settings.basePath.split('/')[1], job: route.path.split('/').at(-1) };
    return {
      [status]: successResponse(options, this.book, { limited, isWrite, known }),
      ...(options.ranges === true ? rangeResponses(options) : {}),
      ...errorResponses(errors, this.fieldOf(route), this.shapeOf(route)),
    };
  }

  private shapeOf({ path }: RouteEntry): ErrorShape | undefined {
    const { basePath, errorShape } = this.settings;
    return errorShape !== undefined && `${basePath}${path}`.startsWith(errorShape.below)
      ? errorShape
      : undefined;
  }

  /** One that a caller may get wrong: the first required one of the body, else the first input. */
  private fieldOf(route: RouteEntry): string | undefined {
    const body = route.inputs.find((input) => input.in === 'body')?.type;
    if (isDtoClass(body)) {
      const { required = [], properties = {} } = this.schemaOf(this.book.refTo(body));
      return required[0] ?? Object.keys(properties)[0];
    }
    const [file] = Object.keys(route.options?.multipart?.files ?? {});
    return file ?? route.inputs.find((input) => input.name !== undefined)?.name;
  }

  private tag({ controller }: RouteEntry): string {
    const ownName = controller.name.replace(/Controller$/, '').replace(/([a-z])([A-Z])/g, '$1 $2');
    const { name, description } = groupOf(controller) ?? { name: ownName, description: `${ownName}.` };
    if (!this.tags.has(name)) this.tags.set(name, description);
    return name;
  }

  private operationId({ controller, handlerName }: RouteEntry): string {
    const stem = controller.name.replace(/Controller$/, '');
    const base = `${stem.charAt(0).toLowerCase()}${stem.slice(1)}_${handlerName}`;
    let id = base;
    for (let n = 2; this.operationIds.has(id); n += 1) id = `${base}${n}`;
    this.operationIds.add(id);
    return id;
  }

  private inputs(route: RouteEntry): Parameter[] {
    const declared = route.inputs
      .filter((input) => input.in !== 'body')
      .flatMap((input) => this.parameters(input));
    const named = new Set(declared.map(({ name }) => name));
    const undeclared = [...route.path.matchAll(/:(\w+)/g)]
      .map(([, name = '']) => name)
      .filter((name) => !named.has(name));
    const path = [...declared, ...undeclared.map((name) => pathParameter(name, { type: 'string' }))];
    return path.map((parameter) => withSubject(parameter, route.path));
  }

  private parameters(input: RouteEntry['inputs'][number]): Parameter[] {
    const place = input.in === 'path' ? 'path' : 'query';
    if (input.name !== undefined) {
      const schema: Schema = input.uuid ? { type: 'string', format: 'uuid' } : { type: 'string' };
      return [
        place === 'path' ? pathParameter(input.name, schema) : { name: input.name, in: 'query', schema },
      ];
    }
    const { type } = input;
    if (!isDtoClass(type)) return [];
    return [...rulesOf(type).keys()].map((name) => {
      const { schema, required } = this.book.propertyOf(type, name);
      const { description, ...rest } = schema;
      const about = description === undefined ? {} : { description };
      return {
        name,
        in: place,
        ...(place === 'path' || required ? { required: true } : {}),
        ...about,
        schema: rest,
      };
    });
  }

  private headers(route: RouteEntry, access: RouteAccess, isWrite: boolean): Reference[] {
    const names: HeaderParameter[] = ['RequestId', 'Traceparent'];
    if (access.kind === 'authenticated') names.push('TenantId');
    if (isWrite) names.push('IdempotencyKey');
    if (route.options?.ranges === true) names.push('Range', 'IfNoneMatch');
    if (route.options?.answer === 'event-stream') names.push('LastEventId');
    if (route.options?.budget === true) names.push('BudgetMaxUsd', 'Wallet');
    if (route.options?.prefer === true) names.push('Prefer');
    for (const name of names) this.usedParameters.add(name);
    return names.map((name) => ({ $ref: `#/components/parameters/${name}` }));
  }

  private requestBody(route: RouteEntry): Operation['requestBody'] {
    const { multipart } = route.options ?? {};
    const json = this.jsonBody(route);
    if (multipart === undefined) return json;
    return { required: true, content: { 'multipart/form-data': this.formBody(multipart), ...json?.content } };
  }

  private jsonBody(route: RouteEntry): Operation['requestBody'] {
    const { examples } = route.options ?? {};
    const body = route.inputs.find((input) => input.in === 'body' && input.name === undefined)?.type;
    if (body === undefined) return undefined;
    const schema: Schema = isDtoClass(body)
      ? this.book.refTo(body)
      : { type: 'object', additionalProperties: true };
    const media: MediaType = { schema };
    if (examples === undefined) media.example = requestExample(schema, this.book.schemas);
    else
      media.examples = Object.fromEntries(Object.entries(examples).map(([name, value]) => [name, { value }]));
    const required = isDtoClass(body) && (this.schemaOf(schema).required ?? []).length > 0;
    return { required, content: { 'application/json': media } };
  }

  private formBody({
    fields,
    files,
  }: NonNullable<NonNullable<RouteEntry['options']>['multipart']>): MediaType {
    const text = fields === undefined ? {} : this.schemaOf(this.book.refTo(fields));
    const parts = Object.entries(files).map(([name, { description }]): [string, Schema] => [
      name,
      {
        type: 'string',
        contentMediaType: 'application/octet-stream',
        ...(description === undefined ? {} : { description }),
      },
    ]);
    const required = [
      ...(text.required ?? []),
      ...Object.keys(files).filter((name) => files[name]?.required === true),
    ];
    if (fields !== undefined) delete this.book.schemas[fields.name]; // written out here, so nothing refers to it
    return {
      schema: { type: 'object', properties: { ...text.properties, ...Object.fromEntries(parts) }, required },
    };
  }

  private schemaOf({ $ref = '' }: Schema): Schema {
    return this.book.schemas[$ref.split('/').at(-1) ?? ''] ?? {};
  }
}

function pathParameter(name: string, schema: Schema): Parameter {
  return { name, in: 'path', required: true, schema };
}

/** Says whose `id` it is, after the segment before it: `/render-jobs/:id` -> "The render job's id." */
function withSubject(parameter: Parameter, path: string): Parameter {
  if (parameter.in !== 'path' || parameter.description !== undefined) return parameter;
  const subject = path.split(`/:${parameter.name}`)[0]?.split('/').at(-1) ?? '';
  const words = subject.replaceAll('-', ' ').replace(/s$/, '');
  return { ...parameter, description: words === '' ? parameter.name : `The ${words}'s ${parameter.name}.` };
}
