import { Body, Controller, Get, Injectable, Module, Post, Query } from '@nestjs/common';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { Authenticated, Internal, Job, Public } from '@eventzr/auth';
import { HouseConfig } from '@eventzr/config';
import {
  bytes,
  currentContext,
  decodeCursor,
  defineErrors,
  encodeCursor,
  Example,
  Fault,
  Multipart,
  Nullable,
  PageQuery,
  paged,
  RateLimit,
  reply,
  Route,
  streamed,
  UuidParam,
  type MultipartForm,
  type StreamEvent,
} from '@eventzr/http';
import { Connections } from '@eventzr/db';
import { FixtureDb } from './fixture.js';
import { defineService } from '@eventzr/service';

export const SampleErrors = defineErrors({
  BAD_PROMPT: { code: 'SAMPLE_1000', http: 400, message: 'The prompt must have 1 to 20 characters.' },
  BAD_SIZE: { code: 'SAMPLE_1001', http: 400, message: 'The size must be 1 to 10.' },
});

class Part {
  @IsString()
  name!: string;
}

class SampleRequest {
  @IsString()
  @MinLength(1)
  @MaxLength(20)
  @Fault(SampleErrors.BAD_PROMPT)
  @Example('a red balloon')
  prompt!: string;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(10)
  @Fault(SampleErrors.BAD_SIZE)
  size = 3;

  @IsOptional()
  @IsIn(['low', 'high'])
  quality?: 'low' | 'high';

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(3)
  @ValidateNested({ each: true })
  @Type(() => Part)
  parts?: Part[];
}

class SampleView {
  @IsUUID()
  id!: string;

  @IsString()
  prompt!: string;

  @IsInt()
  size!: number;

  @Nullable()
  @IsString()
  note!: string | null;
}

class CursorPosition {
  @IsInt()
  after!: number;
}

class ListQuery extends PageQuery {
  @IsOptional()
  @IsIn(['new', 'old'])
  state?: 'new' | 'old';
}

export const SAMPLE_ID = '00000000-0000-0000-0000-00000000abcd';

/** What specs wait for: streams and slow requests tell here how they ended. */
export const witness = { left: 0, aborted: 0 };

@Controller('samples')
@Authenticated()
class SamplesController {
  @Post()
  @Route({ summary: 'Make a sample', answer: SampleView, status: 201, readOnly: true })
  make(@Body() request: SampleRequest) {
    const view = { id: SAMPLE_ID, prompt: request.prompt, size: request.size, note: null };
    return reply(view, { status: 201, location: `/vault/v1/samples/${SAMPLE_ID}` });
  }

  @Get()
  @Route({ summary: 'List samples', answer: [SampleView] })
  list(@Query() query: ListQuery) {
    const start = decodeCursor(query.cursor, CursorPosition)?.after ?? 0;
    const items = Array.from({ length: query.limit }, (_, n) => ({
      id: SAMPLE_ID,
      prompt: 'x',
      size: start + n,
      note: null,
    }));
    return paged(items, { nextCursor: encodeCursor({ after: start + query.limit }), limit: query.limit });
  }

  @Get('stream')
  @Route({ summary: 'Follow a sample', answer: 'event-stream' })
  stream(@Query('kind') kind: string) {
    return streamed(eventsOf(kind), { heartbeatMs: 30 });
  }

  @Get('bytes')
  @Route({ summary: 'Get bytes', answer: 'binary', contentTypes: ['image/png'] })
  bytes() {
    return bytes(Buffer.from([1, 2, 3]), { 'content-type': 'image/png' });
  }

  @Get('slow')
  @Route({ summary: 'Wait' })
  async slow(@Query('ms') ms: string) {
    await new Promise((resolve) => setTimeout(resolve, Number(ms)));
    return { waited: true };
  }

  @Get('broken')
  @Route({ summary: 'Break' })
  broken(): never {
    throw new Error('secret inside: postgres://user:pw@host');
  }

  @Post('upload')
  @Route({
    summary: 'Upload a file',
    readOnly: true,
    multipart: { fields: Part, files: { file: { required: true } }, maxFileBytes: 1000 },
  })
  upload(@Multipart() form: MultipartForm<Part>) {
    const [file] = form.files;
    return { name: form.fields.name, bytes: file?.bytes, sha256: file?.sha256 };
  }

  @Get(':id')
  @Route({ summary: 'Get a sample', answer: SampleView })
  get(@UuidParam() id: string) {
    return { id, prompt: 'x', size: 1, note: null };
  }
}

@Controller()
class OtherController {
  @Post('login')
  @Public()
  @RateLimit({ by: 'ip', limit: 3, windowSeconds: 60 }, { by: 'account', limit: 2, windowSeconds: 60 })
  @Route({ summary: 'Log in', unstored: true })
  login() {
    return { ok: true };
  }

  @Post('jobs/clean')
  @Job()
  @Route({ summary: 'Clean up' })
  clean() {
    return { job: 'clean' };
  }

  @Get('internal/facts')
  @Internal('aibrain')
  @Route({ summary: 'Tell facts' })
  facts() {
    return { caller: currentContext()?.caller };
  }
}

async function* eventsOf(kind: string): AsyncGenerator<StreamEvent> {
  try {
    if (kind === 'refused') throw SampleErrors.BAD_SIZE();
    yield { event: 'start', id: '1', data: { n: 1 } };
    if (kind === 'breaks') throw new Error('secret inside');
    if (kind === 'endless')
      await new Promise((resolve) => currentContext()?.signal.addEventListener('abort', resolve));
    yield { data: 'two\nlines' };
  } finally {
    witness.left += 1;
  }
}

@Module({ controllers: [SamplesController, OtherController] })
class SampleModule {}

@Injectable()
class SampleDb extends FixtureDb {
  constructor(connections: Connections) {
    super(connections);
  }
}

/** A service of a few routes, under vault's name and database roles. */
export const sample = defineService({
  name: 'vault',
  title: 'Sample',
  description: 'A service of a few routes.',
  config: HouseConfig,
  db: SampleDb,
  errors: [SampleErrors],
  produces: [],
  module: () => SampleModule,
});
