import { applyDecorators, HttpCode, type Type } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { ErrorFactory } from './errors.js';

/** Metadata key of a handler's `RouteOptions`. */
export const ROUTE_METADATA = 'eventzr:route';
const GROUP_METADATA = 'eventzr:group';

export interface MultipartOptions {
  /** DTO of the text fields; checked like a body. */
  readonly fields?: Type<object>;
  /** File fields by name; `required` ones are documented as such. */
  readonly files: Readonly<Record<string, { readonly description?: string; readonly required?: boolean }>>;
  readonly maxFileBytes: number;
  /** What a larger file is refused with; default: PAYLOAD_TOO_LARGE. */
  readonly tooLarge?: ErrorFactory;
  /** Default 1. */
  readonly maxFiles?: number;
}

/** What a handler answers: a response class, a list of one, raw bytes or an event stream. */
export type RouteAnswer = Type | readonly [Type] | 'binary' | 'event-stream';

export interface RouteOptions {
  /** One line for the table of contents. */
  readonly summary: string;
  readonly description?: string;
  /** Absent: `data` is free-form. */
  readonly answer?: RouteAnswer;
  /** Default 200, also for POST. */
  readonly status?: 200 | 201 | 202;
  /** Errors beyond those that every route of this kind shares. */
  readonly errors?: readonly ErrorFactory[];
  /** The value is sent as it stands, without the envelope. */
  readonly raw?: true;
  /** Content types of a `raw`, `binary` or negotiated answer; for the document. */
  readonly contentTypes?: readonly string[];
  /** The JSON answer may instead be an event stream, at the caller's wish. */
  readonly mayStream?: true;
  /** Largest body; default 1 MiB. */
  readonly bodyLimitBytes?: number;
  readonly multipart?: MultipartOptions;
  /** An AI operation: takes `x-budget-max-usd` and `x-wallet`. */
  readonly budget?: true;
  /** Accepts `Prefer: wait=N`. */
  readonly prefer?: true;
  /** Answers `Range`, `If-Range` and `If-None-Match`: the document then also names 206, 304 and 416. */
  readonly ranges?: true;
  /** What an event stream looks like, for the document. */
  readonly streamExample?: string;
  /** Request bodies by name, for the document. */
  readonly examples?: Readonly<Record<string, unknown>>;
  /** Left out of the public document. */
  readonly hidden?: true;
  /** A POST that changes nothing, such as an estimate: it needs no `@Write`. */
  readonly readOnly?: true;
  /** A write whose answer must never be stored, such as a log-in: it needs no `@Write`. */
  readonly unstored?: true;
  /** Also served on the private listener. */
  readonly bothPorts?: true;
}

/** Describes a handler: its answer, status, errors and limits. Every handler carries exactly one. */
export function Route(options: RouteOptions): MethodDecorator {
  return applyDecorators(
    (_target: object, _key: string | symbol, descriptor: PropertyDescriptor) => {
      Reflect.defineMetadata(ROUTE_METADATA, options, descriptor.value as object);
    },
    HttpCode(options.status ?? 200),
    RouteConfig({ house: options }),
  );
}

export interface RouteGroup {
  readonly name: string;
  readonly description: string;
}

/** The heading under which a controller's routes stand in the API document, and one sentence below it. */
export function Group(name: string, description: string): ClassDecorator {
  return (controller) => Reflect.defineMetadata(GROUP_METADATA, { name, description }, controller);
}

export function groupOf(controller: object): RouteGroup | undefined {
  return Reflect.getMetadata(GROUP_METADATA, controller) as RouteGroup | undefined;
}

/** The options of a handler, or undefined when it carries no `@Route`. */
export function routeOptionsOf(handler: object): RouteOptions | undefined {
  return Reflect.getMetadata(ROUTE_METADATA, handler) as RouteOptions | undefined;
}
