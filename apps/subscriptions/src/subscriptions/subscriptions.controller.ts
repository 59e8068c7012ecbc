import { Controller, Get, Query } from '@nestjs/common';
import { Authenticated, CurrentUser } from '@eventzr/auth';
import { Group, type Principal, Route, UuidParam } from '@eventzr/http';
import { SubscriptionsErrors } from '../subscriptions.errors.js';
import { ListSubscriptionsQuery, SubscriptionView } from './subscriptions.dto.js';
import { SubscriptionsService } from './subscriptions.service.js';

@Group('Subscriptions', 'Who subscribed to what, and until when.')
@Controller('subscriptions')
export class SubscriptionsController {
  constructor(private readonly subscriptions: SubscriptionsService) {}

  @Get()
  @Authenticated()
  @Route({
    summary: 'List subscriptions',
    description:
      'Users see their own; organizers and admins see all of their tenant. The newest comes first.',
    answer: [SubscriptionView],
  })
  list(@Query() query: ListSubscriptionsQuery, @CurrentUser() caller: Principal) {
    return this.subscriptions.list(query, caller);
  }

  @Get(':id')
  @Authenticated()
  @Route({
    summary: 'Read one subscription',
    answer: SubscriptionView,
    errors: [SubscriptionsErrors.SUBSCRIPTION_NOT_FOUND],
  })
  get(@UuidParam('id') id: string, @CurrentUser() caller: Principal) {
    return this.subscriptions.get(id, caller);
  }
}
