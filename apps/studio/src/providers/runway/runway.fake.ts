import type {
  ImageToVideoCreateParams,
  TaskRetrieveResponse,
  TextToVideoCreateParams,
} from '@runwayml/sdk/resources';
import { type FakeStep, FakeTasks } from '../vendor/fake-tasks.fake.js';
import { fakeFilm } from '../vendor/vendor-media.fake.js';
import {
  bodyComplaint,
  expects,
  type FakeCall,
  type FakeReply,
  FakeVendor,
} from '../vendor/vendor-server.fake.js';

/** The vendor's own types say which fields and ratios there are: this list does not compile against others. */
type TextBody = TextToVideoCreateParams.Gen4_5;
type ImageBody = ImageToVideoCreateParams.Gen4_5;
const TEXT_RATIOS: readonly TextBody['ratio'][] = ['1280:720', '720:1280'];
const IMAGE_RATIOS: readonly ImageBody['ratio'][] = ['1280:720', '720:1280', '960:960'];
type Checks<Body> = Readonly<Partial<Record<keyof Body & string, (value: unknown) => boolean>>>;

const COMMON = {
  model: expects.oneOf('gen4.5'),
  promptText: expects.text(1, 1_000),
  duration: expects.integer(2, 10),
  seed: expects.integer(0, 4_294_967_295),
};
const TEXT_FIELDS = { ...COMMON, ratio: expects.oneOf(...TEXT_RATIOS) } satisfies Checks<TextBody>;
const IMAGE_FIELDS = {
  ...COMMON,
  ratio: expects.oneOf(...IMAGE_RATIOS),
  promptImage: (value: unknown) =>
    typeof value === 'string' && /^data:image\/jpeg;base64,/.test(value) && value.length < 5_000_000,
} satisfies Checks<ImageBody>;

/** A server that speaks as much of Runway's API as we use. For specs only. */
export interface FakeRunway {
  readonly vendor: FakeVendor;
  readonly tasks: FakeTasks<string>;
  readonly apiKey: string;
}

const error = (status: number, message: string): FakeReply => ({ status, body: { error: message } });

export async function startFakeRunway(): Promise<FakeRunway> {
  const apiKey = 'key_fake-for-specs';
  const tasks = new FakeTasks<string>();

  function refusal({ method, path, headers, body }: FakeCall): FakeReply | undefined {
    if (headers.authorization !== `Bearer ${apiKey}`) return error(401, 'Invalid API key.');
    if (headers['x-runway-version'] !== '2024-11-06') return error(400, 'Unknown version.');
    if (path.startsWith('/v1/tasks/'))
      return tasks.asked(idOf(path)) === undefined ? error(404, 'No task.') : undefined;
    if (method !== 'POST' || !['/v1/text_to_video', '/v1/image_to_video'].includes(path))
      return error(404, 'Not found.');
    const image = path === '/v1/image_to_video';
    const required = ['model', 'promptText', 'ratio', 'duration', ...(image ? ['promptImage'] : [])];
    const wrong = bodyComplaint(body, image ? IMAGE_FIELDS : TEXT_FIELDS, required);
    return wrong === undefined ? undefined : error(400, wrong);
  }

  function answer({ method, path, body }: FakeCall): FakeReply {
    if (method === 'POST') {
      const id = `task-${tasks.size + 1}`;
      tasks.open(id, String(body['ratio']));
      return { status: 200, body: { id, estimatedCost: { credits: 125 } } };
    }
    if (method === 'DELETE') return { status: tasks.drop(idOf(path)) ? 204 : 404, body: Buffer.alloc(0) };
    const seen = tasks.look(idOf(path));
    return seen === undefined
      ? error(404, 'No task.')
      : { status: 200, body: view(idOf(path), seen.asked, seen.step) };
  }

  function view(id: string, ratio: string, step: FakeStep): TaskRetrieveResponse {
    const common = { id, createdAt: '2026-11-22T10:00:00Z' };
    const estimatedCost = { credits: 125 };
    const cost = { credits: 0 };
    if (step.kind === 'waiting') return { ...common, estimatedCost, status: 'PENDING' };
    if (step.kind === 'throttled') return { ...common, estimatedCost, status: 'THROTTLED' };
    if (step.kind === 'working')
      return { ...common, estimatedCost, status: 'RUNNING', progress: step.progress };
    if (step.kind === 'cancelled') return { ...common, cost, status: 'CANCELLED' };
    if (step.kind === 'failed')
      return { ...common, cost, status: 'FAILED', failure: 'It failed.', failureCode: step.code };
    const [width = 1280, height = 720] = ratio.split(':').map(Number);
    const url = vendor.publish(fakeFilm(width, height), 'video/mp4');
    return { ...common, cost: { credits: 125 }, status: 'SUCCEEDED', output: [url] };
  }

  const vendor = await FakeVendor.start({ refusal, answer });
  return { vendor, tasks, apiKey };
}

function idOf(path: string): string {
  return decodeURIComponent(path.slice('/v1/tasks/'.length));
}
