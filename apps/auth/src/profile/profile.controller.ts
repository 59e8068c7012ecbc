import { Controller, Get } from '@nestjs/common';
import { Authenticated, CurrentUser } from '@eventzr/auth';
import { Group, type Principal, Route } from '@eventzr/http';
import { ProfileView } from './profile.dto.js';
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

  @Get('profile')
  @Authenticated()
  @Route({ summary: 'The caller’s own account (as `/me`)', answer: ProfileView })
  alias(@CurrentUser() principal: Principal): Promise<ProfileView> {
    return this.profile.read(principal);
  }
}
