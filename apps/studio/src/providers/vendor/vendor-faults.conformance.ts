import { afterEach, describe, expect, it } from '@jest/globals';
import { nextDelayMs } from '../../render-jobs/retry-policy.js';
import type { MediaProvider, MediaRequest } from '../media-provider.js';
import { ProviderFault, type ProviderFaultKind } from '../provider-fault.js';
import type { FakeVendor, Misbehaviour } from './vendor-server.fake.js';

/** One way in which a submit fails: what the vendor does, what we call it, and whether the job is tried again. */
export type FaultRow = readonly [
  name: string,
  misbehaviour: Misbehaviour,
  kind: ProviderFaultKind,
  retried: boolean,
];

const status = (code: number, headers?: Record<string, string>): Misbehaviour => ({
  kind: 'status',
  status: code,
  headers,
});

/** What every vendor may do, whatever words it finds for it. */
const COMMON: readonly FaultRow[] = [
  ['400', status(400), 'rejected', false],
  ['401', status(401), 'auth', false],
  ['402', status(402), 'auth', false],
  ['403', status(403), 'auth', false],
  ['404', status(404), 'rejected', false],
  ['408', status(408), 'unknown_outcome', false],
  ['409', status(409), 'rejected', false],
  ['422', status(422), 'rejected', false],
  ['429', status(429), 'rate_limited', true],
  ['500', status(500), 'unknown_outcome', false],
  ['502', status(502), 'unknown_outcome', false],
  ['503', status(503), 'unavailable', true],
  ['504', status(504), 'unknown_outcome', false],
  ['a redirect', status(302, { location: 'http://127.0.0.1:1/' }), 'unavailable', true],
  ['a connection that breaks', { kind: 'break' }, 'unknown_outcome', false],
  ['an answer that breaks off', { kind: 'truncate' }, 'unknown_outcome', false],
  ['an answer that is no JSON', { kind: 'garbage' }, 'unknown_outcome', false],
];

/** The fault that a promise ends with. */
export async function faultOfPromise(promise: Promise<unknown>): Promise<ProviderFault> {
  const error: unknown = await promise.catch((caught: unknown) => caught);
  if (!(error instanceof ProviderFault)) throw new Error(`no fault but ${String(error)}`);
  return error;
}

/** What is to be tried: the adapter against its fake, with a key or a deadline of one's own. */
export interface FaultSubject<Request extends MediaRequest, Made> {
  readonly fake: () => FakeVendor;
  readonly make: (changes?: {
    apiKey?: string;
    timeoutMs?: number;
    baseUrl?: string;
  }) => MediaProvider<Request, Made>;
  readonly request: () => Request;
  /** Where this vendor differs (same name as a common row) and what it does besides. */
  readonly rows: readonly FaultRow[];
}

/** Every documented way in which a submit can fail, for one vendor. For specs only. */
export function itTellsFaultsApart<Request extends MediaRequest, Made>(
  subject: FaultSubject<Request, Made>,
): void {
  const { fake, make, request, rows } = subject;
  const named = new Set(rows.map(([name]) => name));
  const table = [...COMMON.filter(([name]) => !named.has(name)), ...rows];
  const signal = new AbortController().signal;
  const submit = (provider = make()): Promise<unknown> => provider.generate(request(), { signal });

  describe('when a submit fails', () => {
    afterEach(() => fake().calm());

    it.each(table)('%s', async (_name, misbehaviour, kind, retried) => {
      fake().misbehave(misbehaviour);
      const fault = await faultOfPromise(submit());
      expect({
        provider: fault.provider,
        kind: fault.kind,
        retried: nextDelayMs(fault, 1) !== undefined,
      }).toEqual({ provider: make().name, kind, retried });
    });

    it.each([
      ['seconds', '7', 7_000, 7_000],
      ['a date', 'Fri, 31 Dec 9999 23:59:59 GMT', 1e12, 1e16],
    ])('waits as long as the vendor asks in %s', async (_name, header, least, most) => {
      fake().misbehave(status(503, { 'retry-after': header }));
      const { retryAfterMs = 0 } = await faultOfPromise(submit());
      expect(retryAfterMs).toBeGreaterThanOrEqual(least);
      expect(retryAfterMs).toBeLessThanOrEqual(most);
    });

    it('a wrong key: auth, and the fault holds no key', async () => {
      const fault = await faultOfPromise(submit(make({ apiKey: 'wrong-secret' })));
      expect(fault.kind).toBe('auth');
      expect(`${JSON.stringify(fault)}${String(fault)}${String(fault.cause)}`).not.toContain('wrong-secret');
    });

    it('no key: not configured, missing, and the vendor is not called', async () => {
      const calls = fake().accepted.length;
      const keyless = make({ apiKey: '' });
      expect(keyless.configured()).toBe(false);
      expect((await keyless.health()).status).toBe('missing');
      expect((await faultOfPromise(submit(keyless))).kind).toBe('auth');
      expect(fake().accepted).toHaveLength(calls);
    });

    it('nobody listens: unavailable, so that another try costs nothing twice', async () => {
      expect((await faultOfPromise(submit(make({ baseUrl: 'http://127.0.0.1:1' })))).kind).toBe(
        'unavailable',
      );
    });

    it('a vendor that is silent past our deadline: timeout', async () => {
      fake().misbehave({ kind: 'hang' });
      expect((await faultOfPromise(submit(make({ timeoutMs: 60 })))).kind).toBe('timeout');
    });

    it('a caller who aborts: his own reason', async () => {
      fake().misbehave({ kind: 'hang' });
      const controller = new AbortController();
      const reason = new Error('cancelled by the caller');
      const calls = fake().accepted.length;
      const pending = make({ timeoutMs: 600_000 }).generate(request(), { signal: controller.signal });
      const check = expect(pending).rejects.toBe(reason);
      while (fake().accepted.length === calls) await new Promise((resolve) => setImmediate(resolve));
      controller.abort(reason);
      await check;
    });
  });
}
