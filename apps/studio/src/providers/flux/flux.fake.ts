import { type FakeStep, FakeTasks } from '../vendor/fake-tasks.fake.js';
import { fakePicture } from '../vendor/vendor-media.fake.js';
import {
  bodyComplaint,
  expects,
  type FakeCall,
  type FakeReply,
  FakeVendor,
} from '../vendor/vendor-server.fake.js';

const side = (value: unknown): boolean => expects.integer(256, 2_048)(value) && Number(value) % 16 === 0;
const FIELDS = {
  prompt: expects.text(1, 32_000),
  width: side,
  height: side,
  seed: expects.integer(0, 4_294_967_295),
  safety_tolerance: expects.integer(0, 5),
  output_format: expects.oneOf('jpeg', 'png'),
};

/** A server that speaks as much of the vendor's API as we use. For specs only. */
export interface FakeFlux {
  readonly vendor: FakeVendor;
  readonly tasks: FakeTasks<readonly [number, number]>;
  readonly apiKey: string;
  /** Where the next task is said to be looked at. */
  pollingHost: string | undefined;
}

export async function startFakeFlux(): Promise<FakeFlux> {
  const apiKey = 'bfl-fake-for-specs';
  const tasks = new FakeTasks<readonly [number, number]>();

  function refusal({ method, path, headers, body, query }: FakeCall): FakeReply | undefined {
    if (headers['x-key'] !== apiKey) return { status: 403, body: { detail: 'Not authenticated' } };
    if (method === 'GET' && path === '/v1/get_result') {
      const id = query.get('id') ?? '';
      if (tasks.asked(id) === undefined) return { status: 404, body: { id, status: 'Task not found' } };
      return undefined;
    }
    if (method !== 'POST' || path !== '/v1/flux-2-pro') return { status: 404, body: { detail: 'Not Found' } };
    const wrong = bodyComplaint(body, FIELDS, ['prompt']);
    const detail = [{ loc: ['body'], msg: wrong, type: 'value_error' }];
    return wrong === undefined ? undefined : { status: 422, body: { detail } };
  }

  async function answer({ method, body, query }: FakeCall): Promise<FakeReply> {
    if (method === 'POST') {
      const id = `task-${tasks.size + 1}`;
      tasks.open(id, [Number(body['width']), Number(body['height'])]);
      const host = fake.pollingHost === undefined ? vendor.origin : `https://${fake.pollingHost}`;
      fake.pollingHost = undefined;
      return { status: 200, body: { id, polling_url: `${host}/v1/get_result?id=${id}`, cost: 3 } };
    }
    const id = query.get('id') ?? '';
    const seen = tasks.look(id);
    if (seen === undefined) return { status: 404, body: { id, status: 'Task not found' } };
    return { status: 200, body: { id, ...(await view(seen.asked, seen.step)) } };
  }

  async function view(size: readonly [number, number], step: FakeStep): Promise<object> {
    if (step.kind === 'waiting') return { status: 'Pending', result: null, progress: null };
    if (step.kind === 'working') return { status: 'Pending', result: null, progress: step.progress };
    if (step.kind !== 'done') return { status: step.kind === 'failed' ? step.code : 'Error', result: null };
    return { status: 'Ready', result: { sample: vendor.publish(await fakePicture(...size), 'image/png') } };
  }

  const vendor = await FakeVendor.start({ refusal, answer });
  const fake: FakeFlux = { vendor, tasks, apiKey, pollingHost: undefined };
  return fake;
}
