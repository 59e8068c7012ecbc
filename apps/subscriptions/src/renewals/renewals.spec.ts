import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '@eventzr/config';
import { LocalPaymentProvider } from '../providers/local/local-payment-provider.js';
import { PaymentProvider, type ChargeOutcome, type ChargeRequest } from '../providers/payment-provider.js';
import { BASE, RenewalsFixture } from './renewals.fake.js';

let world: RenewalsFixture;

beforeAll(async () => {
  world = await RenewalsFixture.start();
}, 60_000);

afterAll(() => world.close());

beforeEach(async () => {
  await world.admin.query(
    'TRUNCATE subscriptions, invoices, invoice_lines, invoice_counters, payments, subscription_transitions, platform.outbox_events, platform.outbox_sequences, platform.outbox_deliveries CASCADE',
  );
});

const INVOICES = `SELECT period_index AS index, status, number, total_cents::int AS total, period_start AS start, period_end AS end
                    FROM invoices WHERE subscription_id = $1 ORDER BY period_index`;

interface InvoiceRow {
  index: number;
  status: string;
  number: string;
  total: number;
  start: Date;
  end: Date;
}

function at(instant: string): void {
  world.clock.set(new Date(instant));
}

async function subscriptionOf(id: string): Promise<Record<string, unknown> | undefined> {
  const [row] = await world.rows<Record<string, unknown>>('SELECT * FROM subscriptions WHERE id = $1', [id]);
  return row;
}

async function eventTypes(id: string): Promise<string[]> {
  const rows = await world.rows<{ type: string }>(
    'SELECT type FROM outbox_events WHERE aggregate_id = $1 ORDER BY sequence',
    [id],
  );
  return rows.map(({ type }) => type.replace('eventzr.subscription.', ''));
}

describe('a renewal', () => {
  it('bills the next period, collects it, and tells of it', async () => {
    const { id, tenantId } = await world.subscribe();
    at('2026-02-28T00:00:00Z');
    expect(await world.service().processRenewals()).toMatchObject({
      job: 'process-renewals',
      processed: 1,
      succeeded: 1,
      failed: 0,
      skipped: 0,
      remaining: 0,
    });
    const [invoice] = await world.rows<InvoiceRow>(INVOICES, [id]);
    expect(invoice).toMatchObject({ index: 1, status: 'paid', number: 'INV-00000001', total: 9999 });
    expect([invoice?.start, invoice?.end]).toEqual([new Date('2026-02-28'), new Date('2026-03-31')]);
    expect(await subscriptionOf(id)).toMatchObject({
      status: 'active',
      period_index: 1,
      collecting_invoice_id: null,
    });
    const [event] = await world.rows<{ type: string; data: object }>('SELECT type, data FROM outbox_events');
    expect(event).toMatchObject({
      type: 'eventzr.subscription.payment_succeeded.v1',
      data: { tenantId, subscriptionId: id, actorType: 'user', tier: 'PRO', billingCycle: 'monthly', status: 'active', aiCredits: 10_000, amountCents: 9999, currency: 'USD', periodIndex: 1, periodStart: '2026-02-28T00:00:00.000Z', periodEnd: '2026-03-31T00:00:00.000Z' },
    }); // prettier-ignore
    const [line] = await world.rows('SELECT kind, description, amount_cents::int FROM invoice_lines');
    expect(line).toEqual({ kind: 'plan', description: 'PRO', amount_cents: 9999 });
  });

  it('does nothing before its instant, nor again after it', async () => {
    const { id } = await world.subscribe();
    at('2026-02-27T23:59:59.999Z');
    expect(await world.service().processRenewals()).toMatchObject({ processed: 0 });
    at('2026-02-28T00:00:00Z');
    await world.service().processRenewals();
    expect(await world.service().processRenewals()).toMatchObject({ processed: 0 });
    expect(await world.rows(INVOICES, [id])).toHaveLength(1);
  });

  it('needs no payment when it costs nothing, and still tells of it', async () => {
    const { id } = await world.subscribe({ plan: BASE, priceCents: 0, card: null });
    at('2026-03-01T00:00:00Z');
    expect(await world.service().processRenewals()).toMatchObject({ succeeded: 1, failed: 0 });
    expect(await world.rows<InvoiceRow>(INVOICES, [id])).toMatchObject([
      { status: 'paid', total: 0, number: 'INV-00000001' },
    ]);
    expect(await world.rows('SELECT 1 FROM payments')).toEqual([]);
    expect(await eventTypes(id)).toEqual(['payment_succeeded.v1']);
  });

  it.each([
    ['paused', false],
    ['trial', false],
    ['past_due', false],
    ['cancelled', false],
    ['expired', false],
    ['active', true],
  ])(
    'leaves a subscription alone that is %s (ends with its period: %p)',
    async (status, cancelAtPeriodEnd) => {
      await world.subscribe({ status, cancelAtPeriodEnd });
      at('2026-05-01T00:00:00Z');
      expect(await world.service().processRenewals()).toMatchObject({ processed: 0, remaining: 0 });
      expect(await world.rows('SELECT 1 FROM invoices')).toEqual([]);
    },
  );

  it('makes up for missed periods, the oldest first, each on its own month end', async () => {
    const { id } = await world.subscribe();
    at('2026-05-31T12:00:00Z');
    expect(await world.service().processRenewals()).toMatchObject({ succeeded: 4, remaining: 0 });
    const invoices = await world.rows<InvoiceRow>(INVOICES, [id]);
    const starts = ['2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31'];
    expect(invoices.map(({ start }) => start.toISOString().slice(0, 10))).toEqual(starts);
    expect(invoices.map(({ number }) => number)).toEqual([1, 2, 3, 4].map((n) => `INV-0000000${n}`));
  });

  it('makes up for twelve periods at most in one run, and flags what is behind', async () => {
    const { id } = await world.subscribe();
    at('2027-05-31T00:00:00Z');
    expect(await world.service().processRenewals()).toMatchObject({ succeeded: 12, remaining: 1 });
    expect(await subscriptionOf(id)).toMatchObject({
      period_index: 12,
      backlog_flagged_at: expect.anything(),
    });
    expect(await world.service().processRenewals()).toMatchObject({ succeeded: 4, remaining: 0 });
  });

  it('keeps the local time of the anchor when the clocks change', async () => {
    const start = '2026-02-15T08:00:00Z';
    const { id } = await world.subscribe({ start, anchor: '2026-02-15T09:00:00', zone: 'Europe/Berlin' });
    at('2026-04-20T00:00:00Z');
    await world.service().processRenewals();
    const invoices = await world.rows<InvoiceRow>(INVOICES, [id]);
    expect(invoices.map(({ start }) => start.toISOString())).toEqual([
      '2026-03-15T08:00:00.000Z',
      '2026-04-15T07:00:00.000Z',
    ]);
  });
});

describe('a decline', () => {
  it.each([
    ['card_insufficient_funds', 'insufficient_funds', true],
    ['card_requires_action', 'authentication_required', true],
    ['card_decline', 'card_declined', false],
    ['stolen', 'invalid_payment_method', false],
    [null, 'no_payment_method', false],
  ])('by %s: past due, told, nothing granted; asked again: %p', async (card, code, again) => {
    const { id } = await world.subscribe({ card });
    at('2026-04-30T00:00:00Z');
    expect(await world.service().processRenewals()).toMatchObject({ succeeded: 0, failed: 1, remaining: 0 });
    expect(await subscriptionOf(id)).toMatchObject({
      status: 'past_due',
      period_index: 1,
      collecting_invoice_id: null,
    });
    expect(await world.rows<InvoiceRow>(INVOICES, [id])).toMatchObject([{ status: 'open', index: 1 }]);
    expect(await eventTypes(id)).toEqual(['payment_failed.v1']);
    const [event] = await world.rows<{ data: object }>('SELECT data FROM outbox_events');
    const nextRetryAt = again ? '2026-05-01T00:00:00.000Z' : null;
    expect(event?.data).toMatchObject({ declineCode: code, attempt: 1, status: 'past_due', nextRetryAt });
    const history = await world.rows(
      'SELECT from_status, to_status, cause, actor FROM subscription_transitions',
    );
    expect(history).toEqual([
      { from_status: 'active', to_status: 'past_due', cause: 'payment_failed', actor: 'system' },
    ]);
    expect(await world.service().processRenewals()).toMatchObject({ processed: 0 });
  });
});

/** Remembers each key it was asked for; may lose its way first. */
class RecordingProvider extends PaymentProvider {
  readonly name = 'recording';
  readonly keys: string[] = [];
  lost = 0;
  private readonly inner = new LocalPaymentProvider();

  charge(request: ChargeRequest): Promise<ChargeOutcome> {
    this.keys.push(request.idempotencyKey);
    if (this.lost-- > 0) return Promise.reject(new Error('connection reset'));
    return this.inner.charge(request);
  }
}

describe('money whose fate is unknown', () => {
  it('is asked for again under the same key once the lease is over, and no further period is billed meanwhile', async () => {
    const provider = new RecordingProvider();
    provider.lost = 1;
    const { id } = await world.subscribe();
    at('2026-04-01T00:00:00Z');
    expect(await world.service({ provider }).processRenewals()).toMatchObject({ succeeded: 0, failed: 1 });
    expect(await world.service({ provider }).processRenewals()).toMatchObject({ processed: 0 });
    expect(await world.rows<InvoiceRow>(INVOICES, [id])).toMatchObject([{ status: 'open', index: 1 }]);
    at('2026-04-01T00:05:00Z');
    expect(await world.service({ provider }).processRenewals()).toMatchObject({ succeeded: 2, remaining: 0 });
    expect(provider.keys).toHaveLength(3);
    expect(provider.keys[0]).toMatch(/^inv:[0-9a-f-]{36}:try:1$/);
    expect(provider.keys[1]).toBe(provider.keys[0]);
    expect(await eventTypes(id)).toEqual(['payment_succeeded.v1', 'payment_succeeded.v1']);
  });
});

describe('many at once', () => {
  it('eight parallel calls over eight tenants: every period once, numbers without a gap', async () => {
    const tenants = Array.from({ length: 8 }, () => newId());
    for (let n = 0; n < 80; n += 1) {
      const tenantId = tenants[n % 8];
      await world.subscribe({
        ...(tenantId === undefined ? {} : { tenantId }),
        card: n % 10 === 0 ? 'card_decline' : 'card_succeed',
      });
    }
    at('2026-03-31T00:00:00Z'); // two periods each, one for those that decline
    const provider = new RecordingProvider();
    const reports = await Promise.all(
      Array.from({ length: 8 }, () => world.service({ provider, batchSize: 7 }).processRenewals()),
    );
    const sum = (key: 'succeeded' | 'failed') => reports.reduce((total, report) => total + report[key], 0);
    while ((await world.service({ provider }).processRenewals()).processed > 0);
    const [counts] = await world.rows(
      `SELECT count(*)::int AS invoices, count(DISTINCT (subscription_id, period_index))::int AS periods,
              count(*) FILTER (WHERE status = 'paid')::int AS paid FROM invoices`,
    );
    expect(counts).toEqual({ invoices: 72 * 2 + 8, periods: 72 * 2 + 8, paid: 72 * 2 });
    expect(new Set(provider.keys).size).toBe(provider.keys.length);
    expect([sum('succeeded') <= 144, sum('failed')]).toEqual([true, 8]);
    const numbers = await world.rows<{ gaps: number }>(
      `SELECT (max(right(number, 8)::int) - count(DISTINCT number))::int AS gaps FROM invoices GROUP BY tenant_id`,
    );
    expect(numbers).toEqual(tenants.map(() => ({ gaps: 0 })));
    const [events] = await world.rows('SELECT count(*)::int AS events FROM outbox_events');
    expect(events).toEqual({ events: 144 + 8 });
  });

  it('a row that cannot be renewed does not hold back its neighbours', async () => {
    const broken = await world.subscribe({ zone: 'UTC' });
    await world.admin.query(`UPDATE subscriptions SET zone = 'Mars/Olympus' WHERE id = $1`, [broken.id]);
    const fine = await Promise.all([1, 2, 3].map(() => world.subscribe()));
    at('2026-02-28T00:00:00Z');
    expect(await world.service().processRenewals()).toMatchObject({ succeeded: 3, failed: 1, remaining: 1 });
    for (const { id } of fine) expect(await subscriptionOf(id)).toMatchObject({ period_index: 1 });
    expect(await subscriptionOf(broken.id)).toMatchObject({ period_index: 0, status: 'active' });
  });

  it('a period whose invoice exists already is done, not an error', async () => {
    const { id, tenantId } = await world.subscribe();
    await world.admin.query(
      `INSERT INTO invoices (tenant_id, id, subscription_id, plan_id, period_index, kind, status, currency, subtotal_cents, total_cents, ai_credits, period_start, period_end, paid_at, created_at)
       SELECT tenant_id, gen_random_uuid(), id, plan_id, 1, 'period', 'paid', 'USD', 9999, 9999, 10000, period_end, period_end + interval '1 month', now(), now() FROM subscriptions WHERE id = $1`,
      [id],
    );
    at('2026-02-28T00:00:00Z');
    expect(await world.service().processRenewals()).toMatchObject({ succeeded: 1, failed: 0 });
    expect(await world.rows(INVOICES, [id])).toHaveLength(1);
    expect(await subscriptionOf(id)).toMatchObject({
      tenant_id: tenantId,
      period_index: 1,
      collecting_invoice_id: null,
    });
    expect(await eventTypes(id)).toEqual([]);
  });
});
