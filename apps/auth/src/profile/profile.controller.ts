import { Body, Controller, Get, Patch } from '@nestjs/common';
import { Authenticated, CurrentUser } from '@eventzr/auth';
import { Group, type Principal, Route } from '@eventzr/http';
import { Write } from '@eventzr/idempotency';
import { ProfileBody, ProfileView } from './profile.dto.js';
import { ProfileService } from './profile.service.js';

@Group('Account', 'Who the caller is.')
@Controller()
export class ProfileController {
  constructor(private readonly profile: ProfileService) {}

  @Get('me')
  @Authenticated()
  @Route({ summary: 'The caller’s own account', answer: ProfileView })
  me(@CurrentUser() principal: Principal): Promise<ProfileView> {
    return this.profile.read(principal);
  }

  @Patch('me')
  @Authenticated()
  @Write('atomic')
  @Route({
    summary: 'Change how the caller is shown',
    description: 'Roles, plan and e-mail address are not the caller’s to change.',
    answer: ProfileView,
  })
  update(@CurrentUser() principal: Principal, @Body() body: ProfileBody): Promise<ProfileView> {
    return this.profile.update(principal, body);
  }

  @Get('profile')
  @Authenticated()
  @Route({ summary: 'The caller’s own account (as `/me`)', answer: ProfileView })
  alias(@CurrentUser() principal: Principal): Promise<ProfileView> {
    return this.profile.read(principal);
  }
}
