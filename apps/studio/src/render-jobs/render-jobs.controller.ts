import { Controller, Get, Headers, Post, Query } from '@nestjs/common';
import { Authenticated } from '@eventzr/auth';
import { Group, HttpErrors, Route, UuidParam } from '@eventzr/http';
import { Write } from '@eventzr/idempotency';
import { StudioErrors } from '../studio.errors.js';
import { RenderCancel } from './render-cancel.js';
import { JobReceipt, JobView, ListJobsQuery } from './render-jobs.dto.js';
import { RenderJobsService } from './render-jobs.service.js';
import { RenderRetries } from './render-retries.js';
import { RenderStream } from './render-stream.js';

@Group('Render jobs', 'Work under way: its state, its events, its end.')
@Controller('render-jobs')
@Authenticated()
export class RenderJobsController {
  constructor(
    private readonly jobs: RenderJobsService,
    private readonly retries: RenderRetries,
    private readonly cancelling: RenderCancel,
    private readonly stream: RenderStream,
  ) {}

  @Get()
  @Route({
    summary: 'List render jobs, newest first',
    answer: [JobView],
    errors: [HttpErrors.FORBIDDEN],
  })
  list(@Query() query: ListJobsQuery) {
    return this.jobs.list(query);
  }

  @Get(':id')
  @Route({ summary: 'Get a render job', answer: JobView, errors: [StudioErrors.RENDER_JOB_NOT_FOUND] })
  get(@UuidParam('id') id: string) {
    return this.jobs.get(id);
  }

  @Post(':id/cancel')
  @Write('atomic')
  @Route({
    summary: 'Cancel a render job',
    description:
      'Nothing is charged for a job that is queued or not yet with a vendor: it is `cancelled` at once. While a vendor works on it, the vendor is asked to stop: the job carries `cancelRequestedAt` until it answered, and costs what was reserved only if the vendor charged for the work.',
    answer: JobView,
    errors: [StudioErrors.RENDER_JOB_NOT_FOUND, StudioErrors.RENDER_JOB_ENDED],
  })
  cancel(@UuidParam('id') id: string) {
    return this.cancelling.cancel(id);
  }

  @Post(':id/retry')
  @Write('operation')
  @Route({
    summary: 'Try a failed or cancelled job again, as a new job',
    answer: JobReceipt,
    status: 202,
    prefer: true,
    budget: true,
    errors: [
      StudioErrors.RENDER_JOB_NOT_FOUND,
      StudioErrors.RENDER_JOB_NOT_RETRYABLE,
      StudioErrors.VOICE_MODEL_NOT_FOUND,
      HttpErrors.INSUFFICIENT_CREDITS,
    ],
  })
  retry(@UuidParam('id') id: string) {
    return this.retries.retry(id);
  }

  @Post(':id/redrive')
  @Authenticated('admin')
  @Write('operation')
  @Route({
    summary: 'Try a dead letter again, as a new job of its owner',
    description:
      'For jobs that `GET /render-jobs?deadLetter=true` lists, once each. The credits are held in the wallet of the admin, or the one that `x-wallet` names.',
    answer: JobReceipt,
    status: 202,
    prefer: true,
    budget: true,
    errors: [
      StudioErrors.RENDER_JOB_NOT_FOUND,
      StudioErrors.RENDER_JOB_NOT_RETRYABLE,
      StudioErrors.RENDER_JOB_REDRIVEN,
      StudioErrors.VOICE_MODEL_NOT_FOUND,
      HttpErrors.INSUFFICIENT_CREDITS,
    ],
  })
  redrive(@UuidParam('id') id: string) {
    return this.retries.redrive(id);
  }

  @Get(':id/events')
  @Route({
    summary: 'Follow a render job',
    description:
      'Events `queued`, `started`, `progress`, `retrying`, `fallback`, then `succeeded`, `failed` or `cancelled`. `Last-Event-ID` replays what came after it.',
    answer: 'event-stream',
    streamExample:
      'id: 1\nevent: queued\ndata: {"status":"queued","progress":0}\n\nid: 2\nevent: progress\ndata: {"status":"running","progress":50}\n\n',
    errors: [StudioErrors.RENDER_JOB_NOT_FOUND],
  })
  events(@UuidParam('id') id: string, @Headers('last-event-id') lastEventId?: string) {
    return this.stream.open(id, lastEventId);
  }
}
