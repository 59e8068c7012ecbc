import { Body, Controller, Delete, Get, Post, Put, Query } from '@nestjs/common';
import { Authenticated } from '@eventzr/auth';
import { Group, Route, UuidParam } from '@eventzr/http';
import { Write } from '@eventzr/idempotency';
import { StudioErrors } from '../studio.errors.js';
import {
  CreateTemplateRequest,
  ListTemplatesQuery,
  TemplateView,
  UpdateTemplateRequest,
} from './templates.dto.js';
import { TemplatesService } from './templates.service.js';

@Group('Templates', 'Layouts with typed slots for posters, invitations and presentations.')
@Controller('templates')
export class TemplatesController {
  constructor(private readonly templates: TemplatesService) {}

  @Get()
  @Authenticated()
  @Route({ summary: 'List templates, built-in ones first', answer: [TemplateView] })
  list(@Query() query: ListTemplatesQuery) {
    return this.templates.list(query);
  }

  @Get(':id')
  @Authenticated()
  @Route({
    summary: 'Get a template in its newest version',
    answer: TemplateView,
    errors: [StudioErrors.TEMPLATE_NOT_FOUND],
  })
  get(@UuidParam('id') id: string) {
    return this.templates.get(id);
  }

  @Post()
  @Authenticated('organizer')
  @Write('operation')
  @Route({
    summary: 'Make a template',
    description:
      'What it says by itself is judged here, at the stage `template`; what it says with the values in it, when it is used.',
    answer: TemplateView,
    status: 201,
    errors: [StudioErrors.INVALID_TEMPLATE, StudioErrors.PROMPT_REFUSED, StudioErrors.MODERATION_UNAVAILABLE],
  })
  create(@Body() request: CreateTemplateRequest) {
    return this.templates.create(request);
  }

  @Put(':id')
  @Authenticated('organizer')
  @Write('operation')
  @Route({
    summary: 'Publish a change of a template as its next version',
    answer: TemplateView,
    errors: [
      StudioErrors.TEMPLATE_NOT_FOUND,
      StudioErrors.INVALID_TEMPLATE,
      StudioErrors.TEMPLATE_CHANGED,
      StudioErrors.SYSTEM_TEMPLATE,
      StudioErrors.PROMPT_REFUSED,
      StudioErrors.MODERATION_UNAVAILABLE,
    ],
  })
  update(@UuidParam('id') id: string, @Body() request: UpdateTemplateRequest) {
    return this.templates.update(id, request);
  }

  @Delete(':id')
  @Authenticated('organizer')
  @Write('atomic')
  @Route({
    summary: 'Remove a template; jobs that use a version of it go on',
    answer: TemplateView,
    errors: [StudioErrors.TEMPLATE_NOT_FOUND, StudioErrors.SYSTEM_TEMPLATE],
  })
  remove(@UuidParam('id') id: string) {
    return this.templates.remove(id);
  }
}
