import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startService, type TestService } from '@eventzr/testing';
import pg from 'pg';
import { vault } from '../vault.service-definition.js';

export const BASE = '/vault/v1';
export const EVENTZR = '00000000-0000-0000-0000-000000000001';
export const STARTUP_CO = 'a0000000-0000-4000-8000-000000000002';
export const ORGANIZER = '00000000-0000-4000-8000-000000000103';
/** One pixel. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

export type Agent = Awaited<ReturnType<TestService['as']>>;

export interface Sent {
  readonly content?: Buffer;
  readonly filename?: string;
  readonly contentType?: string;
  readonly fields?: Readonly<Record<string, string>>;
}

/** The real vault; `admin` looks behind row level security. */
export class VaultWorld {
  private constructor(
    readonly app: TestService,
    readonly admin: pg.Client,
  ) {}

  static async start(): Promise<VaultWorld> {
    const app = await startService(vault);
    const admin = new pg.Client({ connectionString: app.database.adminUrl });
    await admin.connect();
    await admin.query('SET search_path = vault, platform');
    return new VaultWorld(app, admin);
  }

  async close(): Promise<void> {
    await this.admin.end();
    await this.app.close();
  }

  organizer(): Promise<Agent> {
    return this.app.as({ userId: ORGANIZER, roles: ['user', 'organizer'], planTier: 'professional' });
  }

  async stored(agent: Agent, sent: Sent = {}): Promise<{ id: string; contentUrl: string }> {
    const { status, body } = await send(agent, sent);
    if (status !== 201) throw new Error(`${status} ${JSON.stringify(body)}`);
    return (body as { data: { id: string; contentUrl: string } }).data;
  }

  async filesOnDisk(): Promise<number> {
    const folder = join(String(this.app.environment['DATA_DIR']), 'storage');
    const names = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
    return names.filter((entry) => entry.isFile()).length;
  }

  async row(id: string): Promise<Record<string, unknown> | undefined> {
    const { rows } = await this.admin.query<Record<string, unknown>>('SELECT * FROM assets WHERE id = $1', [
      id,
    ]);
    return rows[0];
  }
}

/** One file as multipart/form-data. */
export function send(
  agent: Agent,
  { content = PNG, filename = 'stage.png', contentType = 'image/png', fields = {} }: Sent = {},
) {
  const request = agent.post(`${BASE}/assets`).attach('file', content, { filename, contentType });
  for (const [name, value] of Object.entries(fields)) void request.field(name, value);
  return request;
}
