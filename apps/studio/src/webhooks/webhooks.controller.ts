import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { Authenticated } from '@eventzr/auth';
import { Group, Route, UuidParam } from '@eventzr/http';
import { Write } from '@eventzr/idempotency';
import { StudioErrors } from '../studio.errors.js';
import { DeliveriesService } from './deliveries.service.js';
import {
  ChangeWebhookRequest,
  CreateWebhookRequest,
  DeliveryView,
  ListWebhooksQuery,
  WebhookView,
  WebhookWithSecret,
} from './webhooks.dto.js';
import { WebhooksService } from './webhooks.service.js';

const NOT_FOUND = [StudioErrors.WEBHOOK_NOT_FOUND];

@Group('Webhooks', 'Signed messages to your own servers, as Standard Webhooks.')
@Controller('webhooks')
@Authenticated('organizer')
export class WebhooksController {
  constructor(
    private readonly webhooks: WebhooksService,
    private readonly deliveries: DeliveriesService,
  ) {}

  @Post()
  @Write('operation', { showOnce: ['secret'] })
  @Route({
    summary: 'Register a webhook; its secret is shown once',
    answer: WebhookWithSecret,
    status: 201,
    errors: [StudioErrors.WEBHOOK_URL_REFUSED, StudioErrors.TOO_MANY_WEBHOOKS],
  })
  create(@Body() request: CreateWebhookRequest) {
    return this.webhooks.create(request);
  }

  @Get()
  @Route({ summary: 'List webhooks, newest first', answer: [WebhookView] })
  list(@Query() query: ListWebhooksQuery) {
    return this.webhooks.list(query);
  }

  @Get(':id')
  @Route({ summary: 'Get a webhook', answer: WebhookView, errors: NOT_FOUND })
  get(@UuidParam('id') id: string) {
    return this.webhooks.get(id);
  }

  @Patch(':id')
  @Write('operation')
  @Route({
    summary: 'Change a webhook, or switch it off and on',
    answer: WebhookView,
    errors: [...NOT_FOUND, StudioErrors.WEBHOOK_URL_REFUSED],
  })
  change(@UuidParam('id') id: string, @Body() request: ChangeWebhookRequest) {
    return this.webhooks.change(id, request);
  }

  @Delete(':id')
  @Write('atomic')
  @Route({ summary: 'Remove a webhook and its deliveries', answer: WebhookView, errors: NOT_FOUND })
  remove(@UuidParam('id') id: string) {
    return this.webhooks.remove(id);
  }

  @Post(':id/rotate-secret')
  @Write('atomic', { showOnce: ['secret'] })
  @Route({
    summary: 'Replace the secret; for a day both sign',
    answer: WebhookWithSecret,
    errors: NOT_FOUND,
  })
  rotate(@UuidParam('id') id: string) {
    return this.webhooks.rotate(id);
  }

  @Post(':id/test')
  @Write('atomic')
  @Route({ summary: 'Send a test message', answer: DeliveryView, status: 202, errors: NOT_FOUND })
  test(@UuidParam('id') id: string) {
    return this.deliveries.test(id);
  }

  @Get(':id/deliveries')
  @Route({
    summary: 'List what was sent, newest first',
    answer: [DeliveryView],
    errors: NOT_FOUND,
  })
  sent(@UuidParam('id') id: string, @Query() query: ListWebhooksQuery) {
    return this.deliveries.list(id, query);
  }

  @Post(':id/deliveries/:deliveryId/redeliver')
  @Write('atomic')
  @Route({
    summary: 'Send a message again, as a new one',
    answer: DeliveryView,
    status: 202,
    errors: [...NOT_FOUND, StudioErrors.WEBHOOK_DELIVERY_NOT_FOUND],
  })
  redeliver(@UuidParam('id') id: string, @UuidParam('deliveryId') deliveryId: string) {
    return this.deliveries.redeliver(id, deliveryId);
  }
}
