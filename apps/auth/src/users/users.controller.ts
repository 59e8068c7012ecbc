import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { Authenticated, CurrentUser } from '@eventzr/auth';
import {
  Group,
  HttpErrors,
  type Paged,
  type Principal,
  RateLimit,
  type Reply,
  Route,
  UuidParam,
} from '@eventzr/http';
import { Write } from '@eventzr/idempotency';
import { AuthErrors } from '../auth.errors.js';
import {
  ChangeUserBody,
  CreateUserBody,
  DeletedUserView,
  ListUsersQuery,
  ManagedUserView,
  UnlockedView,
} from './users.dto.js';
import { UsersService } from './users.service.js';

@Group('Users', 'The accounts of a tenant, for its administrators.')
@Controller('users')
@Authenticated('admin')
export class UsersController {
  constructor(private readonly users: UsersService) {}

  @Get()
  @Route({ summary: 'Accounts of the tenant, latest first', answer: [ManagedUserView] })
  list(@Query() query: ListUsersQuery): Promise<Paged<ManagedUserView>> {
    return this.users.list(query);
  }

  @Get(':id')
  @Route({ summary: 'One account', answer: ManagedUserView, errors: [HttpErrors.NOT_FOUND] })
  get(@UuidParam('id') id: string): Promise<ManagedUserView> {
    return this.users.get(id);
  }

  @Post()
  @RateLimit(
    { by: 'tenant', limit: 1_000, windowSeconds: 3_600 },
    { by: 'account', limit: 5, windowSeconds: 3_600 },
  )
  @Route({
    summary: 'Make an account',
    description:
      'A mail asks its owner to confirm the address, or, without a password, to choose one; log-ins without that are refused after 24 hours. Takes an administrator whose own address is confirmed.',
    status: 201,
    answer: ManagedUserView,
    errors: [
      AuthErrors.EMAIL_TAKEN,
      AuthErrors.WEAK_PASSWORD,
      AuthErrors.ACCOUNT_NOT_VERIFIED,
      HttpErrors.RATE_LIMITED,
      HttpErrors.UNAVAILABLE,
    ],
    unstored: true,
  })
  create(@CurrentUser() principal: Principal, @Body() body: CreateUserBody): Promise<Reply<ManagedUserView>> {
    return this.users.create(principal, body);
  }

  @Patch(':id')
  @Write('atomic')
  @Route({
    summary: 'Change an account: suspend it, reinstate it, its roles, its name',
    answer: ManagedUserView,
    errors: [HttpErrors.NOT_FOUND, AuthErrors.LAST_ADMIN, AuthErrors.MFA_NOT_ENABLED],
  })
  change(
    @CurrentUser() principal: Principal,
    @UuidParam('id') id: string,
    @Body() body: ChangeUserBody,
  ): Promise<ManagedUserView> {
    return this.users.change(principal, id, body);
  }

  @Post(':id/unlock')
  @Write('atomic')
  @Route({
    summary: 'Forget the failed log-ins and codes of an account',
    answer: UnlockedView,
    errors: [HttpErrors.NOT_FOUND],
  })
  unlock(@CurrentUser() principal: Principal, @UuidParam('id') id: string): Promise<UnlockedView> {
    return this.users.unlock(principal, id);
  }

  @Delete(':id')
  @Write('atomic')
  @Route({
    summary: 'Delete an account',
    description: 'For good: its sessions end, and the other services remove what they keep of its owner.',
    answer: DeletedUserView,
    errors: [HttpErrors.NOT_FOUND, AuthErrors.LAST_ADMIN],
  })
  remove(@CurrentUser() principal: Principal, @UuidParam('id') id: string): Promise<DeletedUserView> {
    return this.users.remove(principal, id);
  }
}
