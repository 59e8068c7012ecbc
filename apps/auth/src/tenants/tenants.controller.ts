import { Body, Controller, Get, Patch, Post, Query } from '@nestjs/common';
import { Authenticated, CurrentUser } from '@eventzr/auth';
import { Group, HttpErrors, type Paged, type Principal, type Reply, Route, UuidParam } from '@eventzr/http';
import { AuthErrors } from '../auth.errors.js';
import {
  ChangeTenantBody,
  CreatedTenantView,
  CreateTenantBody,
  ListTenantsQuery,
  TenantView,
} from './tenants.dto.js';
import { TenantsService } from './tenants.service.js';

@Group('Tenants', 'The organisations on the platform, for its own administrators.')
@Controller('tenants')
@Authenticated('admin')
export class TenantsController {
  constructor(private readonly tenants: TenantsService) {}

  @Get()
  @Route({ summary: 'All tenants, latest first (platform administrators)', answer: [TenantView] })
  list(@CurrentUser() principal: Principal, @Query() query: ListTenantsQuery): Promise<Paged<TenantView>> {
    return this.tenants.list(principal, query);
  }

  @Get(':id')
  @Route({
    summary: 'One tenant (platform administrators)',
    answer: TenantView,
    errors: [HttpErrors.NOT_FOUND],
  })
  get(@CurrentUser() principal: Principal, @UuidParam('id') id: string): Promise<TenantView> {
    return this.tenants.get(principal, id);
  }

  @Post()
  @Route({
    summary: 'Make a tenant and its first administrator (platform administrators)',
    status: 201,
    answer: CreatedTenantView,
    errors: [AuthErrors.EMAIL_TAKEN, AuthErrors.WEAK_PASSWORD, HttpErrors.UNAVAILABLE],
    unstored: true,
  })
  create(
    @CurrentUser() principal: Principal,
    @Body() body: CreateTenantBody,
  ): Promise<Reply<CreatedTenantView>> {
    return this.tenants.create(principal, body);
  }

  @Patch(':id')
  @Route({
    summary: 'Rename a tenant, suspend it, reinstate it (platform administrators)',
    description: 'The same call again changes nothing more, so it needs no Idempotency-Key.',
    answer: TenantView,
    errors: [HttpErrors.NOT_FOUND, AuthErrors.PLATFORM_TENANT],
    unstored: true,
  })
  change(
    @CurrentUser() principal: Principal,
    @UuidParam('id') id: string,
    @Body() body: ChangeTenantBody,
  ): Promise<TenantView> {
    return this.tenants.change(principal, id, body);
  }
}
