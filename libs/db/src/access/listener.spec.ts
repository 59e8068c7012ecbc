import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { asAdmin } from '@eventzr/testing/database';
import { startFixture, type FixtureService } from '@eventzr/testing/fixture';

describe('listen', () => {
  let fixture: FixtureService;
  const errors: string[] = [];

  beforeAll(async () => {
    fixture = await startFixture((error, pool) => errors.push(pool));
  });

  afterAll(() => fixture.close());

  const notify = (channel: string, text: string) =>
    fixture.db.pool.query('SELECT pg_notify($1, $2)', [channel, text]);

  it('hears its channel, until it is dropped', async () => {
    const first = inbox();
    const second = inbox();
    const dropFirst = await fixture.connections.listen('Progress-1', first.heard);
    await fixture.connections.listen('Progress-1', second.heard);
    await notify('other', 'not mine');
    await notify('Progress-1', 'one');
    expect(await first.next()).toBe('one');
    expect(await second.next()).toBe('one');
    await dropFirst();
    await notify('Progress-1', 'two');
    expect(await second.next()).toBe('two');
    expect(first.all).toEqual(['one']);
  });

  it('goes on for the others when one subscriber throws', async () => {
    const box = inbox();
    await fixture.connections.listen('careless', () => {
      throw new Error('subscriber failed');
    });
    await fixture.connections.listen('careless', box.heard);
    await notify('careless', 'still here');
    expect(await box.next()).toBe('still here');
  });

  it('comes back after its backend was killed, and says that it may have missed something', async () => {
    const box = inbox();
    const back = inbox();
    await fixture.connections.listen('lasting', box.heard, () => back.heard('caught up'));
    await asAdmin(fixture.database.adminUrl, (admin) =>
      admin.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'eventzr-listen' AND datname = current_database()`,
      ),
    );
    expect(await back.next()).toBe('caught up');
    await notify('lasting', 'after the fall');
    expect(await box.next()).toBe('after the fall');
    expect(errors).toContain('listen');
  });
});

function inbox() {
  const all: string[] = [];
  let taken = 0;
  let wake: () => void = () => undefined;
  const heard = (payload: string): void => {
    all.push(payload);
    wake();
  };
  const next = async (): Promise<string | undefined> => {
    if (all.length <= taken) await new Promise<void>((done) => (wake = done));
    return all[taken++];
  };
  return { all, heard, next };
}
