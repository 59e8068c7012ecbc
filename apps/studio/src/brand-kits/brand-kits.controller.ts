import { Body, Controller, Delete, Get, Post, Put, Query } from '@nestjs/common';
import { Authenticated } from '@eventzr/auth';
import { Group, Route, UuidParam } from '@eventzr/http';
import { Write } from '@eventzr/idempotency';
import { TakesInputsOnce } from '../inputs/takes-inputs.js';
import { DATA_URI_BODY_LIMIT_BYTES } from '../inputs/media-source.js';
import { StudioErrors } from '../studio.errors.js';
import { BrandKitBody, BrandKitView, ListBrandKitsQuery } from './brand-kits.dto.js';
import { BrandKitsService } from './brand-kits.service.js';

const LOGO_ERRORS = [
  StudioErrors.INVALID_MEDIA_INPUT,
  StudioErrors.ASSET_NOT_FOUND,
  StudioErrors.MEDIA_TOO_LARGE,
  StudioErrors.UNSUPPORTED_MEDIA,
  StudioErrors.MEDIA_UNREACHABLE,
  StudioErrors.STORAGE_FAILED,
];

@Group('Brand kits', "A tenant's colours, fonts, logo and tone.")
@Controller('brand-kits')
@TakesInputsOnce()
export class BrandKitsController {
  constructor(private readonly kits: BrandKitsService) {}

  @Get()
  @Authenticated()
  @Route({ summary: 'List brand kits, newest first', answer: [BrandKitView] })
  list(@Query() query: ListBrandKitsQuery) {
    return this.kits.list(query);
  }

  @Get(':id')
  @Authenticated()
  @Route({ summary: 'Get a brand kit', answer: BrandKitView, errors: [StudioErrors.BRAND_KIT_NOT_FOUND] })
  get(@UuidParam('id') id: string) {
    return this.kits.get(id);
  }

  @Post()
  @Authenticated('organizer')
  @Write('operation')
  @Route({
    summary: 'Make a brand kit',
    answer: BrandKitView,
    status: 201,
    bodyLimitBytes: DATA_URI_BODY_LIMIT_BYTES,
    errors: LOGO_ERRORS,
  })
  create(@Body() body: BrandKitBody) {
    return this.kits.create(body);
  }

  @Put(':id')
  @Authenticated('organizer')
  @Write('operation')
  @Route({
    summary: 'Change a brand kit',
    answer: BrandKitView,
    bodyLimitBytes: DATA_URI_BODY_LIMIT_BYTES,
    errors: [StudioErrors.BRAND_KIT_NOT_FOUND, ...LOGO_ERRORS],
  })
  update(@UuidParam('id') id: string, @Body() body: BrandKitBody) {
    return this.kits.update(id, body);
  }

  @Delete(':id')
  @Authenticated('organizer')
  @Write('atomic')
  @Route({ summary: 'Remove a brand kit', answer: BrandKitView, errors: [StudioErrors.BRAND_KIT_NOT_FOUND] })
  remove(@UuidParam('id') id: string) {
    return this.kits.remove(id);
  }
}
