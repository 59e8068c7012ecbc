import { Controller, Get, Query } from '@nestjs/common';
import { Public } from '@eventzr/auth';
import { Group, Route } from '@eventzr/http';
import { OutboxMailTransport } from '../providers/local/outbox-mail-transport.js';
import { MailTransport } from '../providers/mail-transport.js';
import { OutboxMailView, OutboxQuery } from './outbox.dto.js';

@Group('Development', 'What only an embedded installation has.')
@Controller('dev/outbox')
export class OutboxController {
  constructor(private readonly transport: MailTransport) {}

  @Get()
  @Public()
  @Route({
    summary: 'Mails that this installation would have sent',
    description: 'The last hundred, the newest first. There is no such route where mails are really sent.',
    answer: [OutboxMailView],
  })
  list(@Query() { to }: OutboxQuery): OutboxMailView[] {
    const mails = this.transport instanceof OutboxMailTransport ? this.transport.list(to) : [];
    return mails.map(({ sentAt, ...mail }) => ({ ...mail, sentAt: sentAt.toISOString() }));
  }
}
