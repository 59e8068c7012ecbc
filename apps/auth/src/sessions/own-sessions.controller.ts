import { Controller, Delete, Get, Post, Query } from '@nestjs/common';
import { Authenticated, CurrentUser } from '@eventzr/auth';
import { Group, type Paged, PageQuery, type Principal, Route, UuidParam } from '@eventzr/http';
import { AuthErrors } from '../auth.errors.js';
import { OwnSessionsService } from './own-sessions.service.js';
import { LogoutAllView, LogoutView, SessionView } from './sessions.dto.js';

@Group('Sessions', 'Go on with a session, or end it.')
@Controller()
export class OwnSessionsController {
  constructor(private readonly sessions: OwnSessionsService) {}

  @Get('sessions')
  @Authenticated()
  @Route({ summary: 'My open sessions, latest first', answer: [SessionView] })
  list(@CurrentUser() principal: Principal, @Query() query: PageQuery): Promise<Paged<SessionView>> {
    return this.sessions.list(principal, query);
  }

  @Delete('sessions/:id')
  @Authenticated()
  @Route({
    summary: 'End one of my sessions',
    description: 'On every service within 5 seconds.',
    answer: LogoutView,
    errors: [AuthErrors.SESSION_NOT_FOUND],
    unstored: true,
  })
  end(@CurrentUser() principal: Principal, @UuidParam('id') id: string): Promise<LogoutView> {
    return this.sessions.end(principal, id);
  }

  @Post('logout-all')
  @Authenticated()
  @Route({
    summary: 'End all of my sessions, this one too',
    description: 'On every service within 5 seconds.',
    answer: LogoutAllView,
    unstored: true,
  })
  endAll(@CurrentUser() principal: Principal): Promise<LogoutAllView> {
    return this.sessions.endAll(principal);
  }
}
