import { Injectable } from '@nestjs/common';
import { AuthDb } from '../auth.db.js';

/** Which account an e-mail address means, and its password hash. */
export interface LoginRow {
  readonly tenantId: string;
  readonly userId: string;
  readonly passwordHash: string | null;
}

@Injectable()
export class LoginRepository {
  constructor(private readonly db: AuthDb) {}

  /** The only look across tenants: through a function of the database that answers this one question. */
  async findByEmail(email: string): Promise<LoginRow | undefined> {
    const text =
      'SELECT tenant_id AS "tenantId", user_id AS "userId", password_hash AS "passwordHash" FROM find_login($1)';
    return (await this.db.pool.query<LoginRow>(text, [email])).rows[0];
  }
}
