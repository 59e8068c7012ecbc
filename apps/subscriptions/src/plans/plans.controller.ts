import { Controller, Get, Query } from '@nestjs/common';
import { Authenticated } from '@eventzr/auth';
import { Group, Route, UuidParam } from '@eventzr/http';
import { SubscriptionsErrors } from '../subscriptions.errors.js';
import { ListPlansQuery, PlanView } from './plans.dto.js';
import { PlansService } from './plans.service.js';

@Group('Plans', 'What is on offer, and at what price.')
@Controller('plans')
export class PlansController {
  constructor(private readonly plans: PlansService) {}

  @Get()
  @Authenticated()
  @Route({
    summary: 'List the plans on offer',
    answer: [PlanView],
    errors: [SubscriptionsErrors.PLAN_INVALID_TIER],
  })
  list(@Query() query: ListPlansQuery) {
    return this.plans.list(query);
  }

  @Get(':id')
  @Authenticated()
  @Route({ summary: 'Read one plan', answer: PlanView, errors: [SubscriptionsErrors.PLAN_NOT_FOUND] })
  get(@UuidParam('id') id: string) {
    return this.plans.get(id);
  }
}
