import { type FakeStep, FakeTasks } from '../vendor/fake-tasks.fake.js';
import { fakeTrack } from '../vendor/vendor-media.fake.js';
import {
  bodyComplaint,
  expects,
  type FakeCall,
  type FakeReply,
  FakeVendor,
} from '../vendor/vendor-server.fake.js';

const FIELDS = {
  customMode: expects.oneOf(false),
  instrumental: expects.boolean,
  model: expects.oneOf('V4', 'V4_5', 'V4_5PLUS', 'V4_5ALL', 'V5', 'V5_5'),
  prompt: expects.text(1, 500),
  callBackUrl: expects.url,
};

/** A server that speaks as much of the reseller's API as we use. Its own refusals come as 200. For specs only. */
export interface FakeSuno {
  readonly vendor: FakeVendor;
  readonly tasks: FakeTasks<string>;
  readonly apiKey: string;
}

const refused = (code: number, msg: string): FakeReply => ({ status: 200, body: { code, msg, data: null } });

export async function startFakeSuno(): Promise<FakeSuno> {
  const apiKey = 'suno-fake-for-specs';
  const tasks = new FakeTasks<string>();

  function refusal({ method, path, headers, body, query }: FakeCall): FakeReply | undefined {
    if (headers.authorization !== `Bearer ${apiKey}`) return refused(401, 'unauthorized');
    if (method === 'GET' && path === '/api/v1/generate/record-info')
      return tasks.asked(query.get('taskId') ?? '') === undefined ? refused(404, 'no such task') : undefined;
    if (method !== 'POST' || path !== '/api/v1/generate') return refused(404, 'not found');
    const wrong = bodyComplaint(body, FIELDS, Object.keys(FIELDS));
    return wrong === undefined ? undefined : refused(400, wrong);
  }

  function answer({ method, query, body }: FakeCall): FakeReply {
    if (method === 'POST') {
      const taskId = `task-${tasks.size + 1}`;
      tasks.open(taskId, String(body['prompt']));
      return { status: 200, body: { code: 200, msg: 'success', data: { taskId } } };
    }
    const taskId = query.get('taskId') ?? '';
    const seen = tasks.look(taskId);
    if (seen === undefined) return refused(404, 'no such task');
    return { status: 200, body: { code: 200, msg: 'success', data: { taskId, ...view(seen.step) } } };
  }

  function view(step: FakeStep): object {
    if (step.kind === 'waiting') return { status: 'PENDING', response: null };
    if (step.kind === 'working')
      return { status: 'TEXT_SUCCESS', response: { sunoData: [{ title: 'Half' }] } };
    const track = (title: string): object => ({
      id: title,
      audioUrl: vendor.publish(fakeTrack(), 'audio/mpeg'),
      title,
      duration: 1,
    });
    if (step.kind === 'done')
      return { status: 'SUCCESS', response: { sunoData: [track('One'), track('Two')] } };
    if (step.kind === 'failed' && step.code === 'CALLBACK_EXCEPTION')
      return { status: step.code, response: { sunoData: [track('One')] } };
    return { status: step.kind === 'failed' ? step.code : 'CREATE_TASK_FAILED', response: null };
  }

  const vendor = await FakeVendor.start({ refusal, answer });
  return { vendor, tasks, apiKey };
}
