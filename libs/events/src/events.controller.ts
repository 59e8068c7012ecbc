import { Body, Controller, Post } from '@nestjs/common';
import { Internal } from '@eventzr/auth';
import { SERVICE_NAMES } from '@eventzr/config';
import { currentContext, HttpErrors, Route } from '@eventzr/http';
import { EventBatchDto, EventReceiptDto } from './events.dto.js';
import { Inbox } from './inbox.js';
import { sourceOf } from './subscriptions.js';

/** Where the relays of the other services deliver. */
@Controller('internal/events')
export class EventsController {
  constructor(private readonly inbox: Inbox) {}

  @Post()
  @Internal(...SERVICE_NAMES)
  @Route({
    summary: 'Take events of another service',
    answer: EventReceiptDto,
    errors: [HttpErrors.FORBIDDEN],
    hidden: true,
    bodyLimitBytes: 2_097_152,
  })
  receive(@Body() { events }: EventBatchDto): Promise<EventReceiptDto> {
    return this.inbox.receive(sourceOf(currentContext()?.caller ?? ''), events);
  }
}
