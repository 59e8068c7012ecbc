import { Body, Controller, Get, Put } from '@nestjs/common';
import { Authenticated } from '@eventzr/auth';
import { Group, Route } from '@eventzr/http';
import { Write } from '@eventzr/idempotency';
import { StudioErrors } from '../studio.errors.js';
import { AutomationsBody, AutomationsView } from './automations.dto.js';
import { AutomationsService } from './automations.service.js';

@Group('Automations', 'What studio makes by itself.')
@Controller('automations')
@Authenticated('organizer')
export class AutomationsController {
  constructor(private readonly automations: AutomationsService) {}

  @Get()
  @Route({ summary: 'What is made by itself', answer: AutomationsView })
  get() {
    return this.automations.get();
  }

  @Put()
  @Write('atomic')
  @Route({
    summary: 'Say what is made by itself',
    description:
      "For every new event (`eventzr.event.created.v1`) a poster and an invitation can be made. They are jobs of the event's organiser, and its credits pay; without enough credits nothing is made and the event is not tried again.",
    answer: AutomationsView,
    errors: [StudioErrors.BRAND_KIT_NOT_FOUND, StudioErrors.TEMPLATE_NOT_FOUND],
  })
  put(@Body() body: AutomationsBody) {
    return this.automations.put(body);
  }
}
