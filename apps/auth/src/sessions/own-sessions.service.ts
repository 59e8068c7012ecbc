import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { decodeCursor, IdCursor, pagedById, type Paged, type PageQuery, type Principal } from '@eventzr/http';
import { AuthDb } from '../auth.db.js';
import { AuthErrors } from '../auth.errors.js';
import { RevocationsService } from '../feed/revocations.service.js';
import { OwnSessionsRepository, type OwnSession } from './own-sessions.repository.js';
import { SessionEndings } from './session-endings.js';
import type { LogoutAllView, LogoutView, SessionView } from './sessions.dto.js';

/** What people see of their own sessions, and how they end them from afar. */
@Injectable()
export class OwnSessionsService {
  constructor(
    private readonly sessions: OwnSessionsRepository,
    private readonly endings: SessionEndings,
    private readonly revocations: RevocationsService,
    private readonly db: AuthDb,
    private readonly clock: Clock,
  ) {}

  async list(principal: Principal, { limit, cursor }: PageQuery): Promise<Paged<SessionView>> {
    const { tenantId, userId, sessionId } = principal;
    const before = decodeCursor(cursor, IdCursor)?.id;
    const filter = { tenantId, userId, now: this.clock.now(), before, take: limit + 1 };
    const rows = await this.sessions.list(filter);
    return pagedById(rows, limit, (row) => sessionView(row, sessionId));
  }

  /** @throws SESSION_NOT_FOUND for sessions that ended, never were, or are someone else's */
  async end({ tenantId, userId }: Principal, id: string): Promise<LogoutView> {
    const change = () => this.sessions.end(tenantId, userId, id, this.clock.now());
    if (!(await this.revocations.revoke({ tenantId, kind: 'session', value: id }, change)))
      throw AuthErrors.SESSION_NOT_FOUND();
    return { loggedOut: true };
  }

  /** Ends every session of the caller, this one too. One line per session: a log-in right afterwards stays whole. */
  async endAll({ tenantId, userId }: Principal): Promise<LogoutAllView> {
    const order = { tenantId, userId, reason: 'logout_all' };
    return { ended: await this.db.withTenant((tx) => this.endings.endAll(tx, order)) };
  }
}

function sessionView(row: OwnSession, currentId: string | undefined): SessionView {
  return {
    id: row.id,
    current: row.id === currentId,
    device: row.userAgent,
    address: row.clientAddress,
    secondFactor: row.otpAt !== null,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.rotatedAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  };
}
