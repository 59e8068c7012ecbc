import { randomUUID } from 'node:crypto';
import {
  Body,
  Controller,
  Global,
  Module,
  Param,
  Post,
  type CanActivate,
  type ExecutionContext,
  type Provider,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import type { FastifyRequest, InjectOptions, LightMyRequestResponse } from 'fastify';
import { Clock, type ManualClock } from '@eventzr/config';
import { Connections, Database, JobPool, PgJobPool, type SqlTx } from '@eventzr/db';
import {
  AppLogger,
  currentContext,
  DtoPipe,
  ErrorFilter,
  HouseAdapter,
  HttpErrors,
  Multipart,
  reply,
  Route,
  streamed,
  type MultipartForm,
  type Principal,
  type StreamEvent,
} from '@eventzr/http';
import { IdempotencyModule } from './idempotency.module.js';
import { Operations, type OperationClaim } from './operations.js';
import { Write } from './write.js';

export class NoteRequest {
  @IsString()
  @MaxLength(100)
  text!: string;

  /** What goes wrong, and where. */
  @IsOptional()
  @IsIn(['refuse', 'crash', 'twice', 'gate', 'charge', 'forget', 'early', 'stream'])
  mode?: string;
}

class UploadFields {
  @IsString()
  title!: string;
}

/** Lets a spec look at running operations and hold them up. */
export class Desk {
  readonly claims: OperationClaim[] = [];
  gate: Promise<void> = Promise.resolve();
  arrived = Promise.withResolvers<void>();
}

async function insertNote(tx: SqlTx, text: string): Promise<string> {
  const id = randomUUID();
  await tx.$executeRaw`INSERT INTO notes (tenant_id, id, text) VALUES (platform.current_tenant(), ${id}::uuid, ${text})`;
  return id;
}

@Controller()
class WritesController {
  constructor(
    private readonly database: Database,
    private readonly operations: Operations,
    private readonly desk: Desk,
  ) {}

  @Post('notes')
  @Write('atomic')
  @Route({ summary: 'Write a note', status: 201 })
  async note(@Body() { text, mode }: NoteRequest): Promise<unknown> {
    const id = await this.database.withTenant((tx) => insertNote(tx, text));
    if (mode === 'gate') await this.pause();
    if (mode === 'refuse') throw HttpErrors.FORBIDDEN();
    if (mode === 'crash') throw new Error('crash');
    return reply({ id, text }, { status: 201, location: `/vault/v1/notes/${id}` });
  }

  @Post('folders/:folder/operations')
  @Write('operation')
  @Route({ summary: 'Write a note after a call to the outside', status: 202 })
  async operation(@Body() { text, mode }: NoteRequest, @Param('folder') folder: string): Promise<unknown> {
    const claim = this.operations.current();
    this.desk.claims.push(claim);
    if (mode === 'charge') await this.charge(claim);
    if (mode === 'refuse' || mode === 'charge') throw HttpErrors.UNAVAILABLE();
    if (mode === 'forget') return { text };
    if (mode === 'gate') await this.pause();
    const path = `/vault/v1/folders/${folder}/operations/${claim.operationId}`;
    const write = async (tx: SqlTx) => {
      const id = await insertNote(tx, text);
      if (mode === 'crash') throw new Error('crash');
      return reply({ id, folder, operationId: claim.operationId }, { status: 202, location: path });
    };
    const finish = () =>
      folder === 'sql' ? this.operations.finishSql(write) : this.operations.finish(write);
    if (mode !== 'twice') return finish();
    const [first] = await Promise.allSettled([finish(), finish()]);
    if (first.status === 'rejected') throw first.reason;
    return first.value;
  }

  @Post('uploads')
  @Write('operation')
  @Route({
    summary: 'Keep a file',
    status: 201,
    multipart: { fields: UploadFields, files: { file: { required: true } }, maxFileBytes: 1_000 },
  })
  upload(@Multipart() { fields, files }: MultipartForm<UploadFields>): Promise<unknown> {
    return this.operations.finish(async (tx) => ({
      id: await insertNote(tx, fields.title),
      sha256: files[0]?.sha256,
    }));
  }

  @Post('secrets')
  @Write('atomic', { showOnce: ['secret'] })
  @Route({ summary: 'Make a secret' })
  secret(): object {
    return { id: randomUUID(), secret: randomUUID() };
  }

  @Post('streams')
  @Write('operation', {
    replayStream: (data) => [
      { event: 'delta', data },
      { event: 'done', data: {} },
    ],
  })
  @Route({ summary: 'Write a note word by word' })
  stream(@Body() { text, mode }: NoteRequest): Promise<unknown> {
    if (mode !== 'stream') return this.operations.finish(async (tx) => ({ id: await insertNote(tx, text) }));
    return Promise.resolve(streamed(this.words(text)));
  }

  @Post('jobs/tick')
  @Write('operation')
  @Route({ summary: 'A job' })
  tick(): object {
    this.desk.claims.push(this.operations.current());
    return { job: 'tick', run: this.desk.claims.length };
  }

  private async *words(text: string): AsyncGenerator<StreamEvent> {
    if (text === 'early') throw HttpErrors.BUDGET_EXCEEDED();
    this.desk.claims.push(this.operations.current());
    for (const word of text.split(' ')) {
      yield { event: 'delta', data: { word } };
      if (word === 'wait') await this.pause();
      if (word === 'break') throw new Error('the vendor went away');
    }
    const { value } = await this.operations.finish(async (tx) => ({ id: await insertNote(tx, text) }));
    yield { event: 'done', data: value };
  }

  private async pause(): Promise<void> {
    this.desk.arrived.resolve();
    await this.desk.gate;
  }

  private async charge({ operationId, fence }: OperationClaim): Promise<void> {
    await this.database.withTenant(
      (tx) =>
        Promise.resolve(tx.$executeRaw`
        INSERT INTO platform.credit_operations (tenant_id, id, attempt, user_id, operation, amount_credits, hold_id, state, fence,
               lease_until, deadline_at, created_at, updated_at)
        VALUES (platform.current_tenant(), ${operationId}::uuid, 1, ${randomUUID()}::uuid, 'images.generate', 20, ${randomUUID()}::uuid,
               'reserving', ${fence}::uuid, now(), now(), now(), now()) ON CONFLICT DO NOTHING`),
      TENANT,
    );
  }
}

/** Stands for the access guard: names the caller as the spec says. */
class HeaderGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { headers } = context.switchToHttp().getRequest<FastifyRequest>();
    const request = currentContext();
    if (request === undefined) return false;
    const [userId, tenantId] = [String(headers['x-user']), String(headers['x-tenant'])];
    if (headers['x-user'] === undefined) request.caller = 'internal';
    else request.principal = { userId, tenantId } as Principal; // nothing here reads the rest
    return true;
  }
}

class SilentLogger extends AppLogger {
  debug(): void {}
  info(): void {}
  warn(): void {}
  error(): void {}
}

export interface WritesApp {
  readonly app: NestFastifyApplication;
  readonly desk: Desk;
  post(
    path: string,
    body: unknown,
    headers?: Record<string, string | undefined>,
  ): Promise<LightMyRequestResponse>;
}

export const USER = 'b0000000-0000-4000-8000-000000000001';
export const TENANT = 'aaaaaaaa-0000-4000-8000-000000000001';

/** A real Nest app on a real database, with one handler of each kind. */
export async function startWritesApp(
  connections: Connections,
  database: Database,
  clock: ManualClock,
): Promise<WritesApp> {
  const desk = new Desk();
  const logger = new SilentLogger();
  const house: Provider[] = [
    { provide: Clock, useValue: clock },
    { provide: AppLogger, useValue: logger },
    { provide: Connections, useValue: connections },
    { provide: Database, useValue: database },
    { provide: JobPool, useValue: new PgJobPool(connections) },
    { provide: Desk, useValue: desk },
  ];
  @Global()
  @Module({ providers: house, exports: house })
  class House {}
  @Module({ imports: [House, IdempotencyModule], controllers: [WritesController] })
  class App {}
  const adapter = new HouseAdapter({ logger, basePath: '/vault/v1', trustProxy: 'false' });
  const app = await NestFactory.create<NestFastifyApplication>(App, adapter, {
    logger: false,
    bodyParser: false,
    abortOnError: false,
  });
  app
    .setGlobalPrefix('vault/v1')
    .useGlobalGuards(new HeaderGuard())
    .useGlobalPipes(new DtoPipe())
    .useGlobalFilters(new ErrorFilter(logger));
  await app.init();
  const fastify = app.getHttpAdapter().getInstance();
  await fastify.ready();
  const post: WritesApp['post'] = (path, body, headers = {}) => {
    const all = { 'x-user': USER, 'x-tenant': TENANT, ...headers };
    const known = Object.fromEntries(
      Object.entries(all).filter(([, value]) => value !== undefined),
    ) as Record<string, string>;
    const options: InjectOptions = {
      method: 'POST',
      url: `/vault/v1/${path}`,
      headers: known,
      payload: body as object,
    };
    return fastify.inject(options);
  };
  return { app, desk, post };
}
