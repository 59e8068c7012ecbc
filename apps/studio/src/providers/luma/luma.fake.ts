import { type FakeStep, FakeTasks } from '../vendor/fake-tasks.fake.js';
import { fakeFilm } from '../vendor/vendor-media.fake.js';
import {
  bodyComplaint,
  expects,
  type FakeCall,
  type FakeReply,
  FakeVendor,
} from '../vendor/vendor-server.fake.js';

const FIELDS = {
  model: expects.oneOf('ray-3.2'),
  type: expects.oneOf('video'),
  prompt: expects.text(1, 6_000),
  aspect_ratio: expects.oneOf('9:16', '3:4', '1:1', '4:3', '16:9', '21:9'),
  video: (value: unknown) => typeof value === 'object' && value !== null,
};
const isFrame = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.keys(value).sort().join() === 'data,media_type' &&
  Object.values(value).every((part) => typeof part === 'string' && part !== '');
const VIDEO_FIELDS = {
  resolution: expects.oneOf('360p', '540p', '720p', '1080p'),
  duration: expects.oneOf('5s', '10s'),
  keyframes: (value: unknown) => Array.isArray(value) && value.length <= 64 && value.every(isFrame),
  keyframe_indexes: (value: unknown) =>
    Array.isArray(value) &&
    new Set(value).size === value.length &&
    value.every((index) => expects.integer(0, 240)(index)),
};
const SIZES: Readonly<Record<string, readonly [number, number]>> = {
  '16:9': [960, 540],
  '9:16': [540, 960],
  '1:1': [540, 540],
};

/** A server that speaks as much of Luma's agents API as we use. For specs only. */
export interface FakeLuma {
  readonly vendor: FakeVendor;
  readonly baseUrl: string;
  readonly tasks: FakeTasks<string>;
  readonly apiKey: string;
}

const error = (status: number, detail: string): FakeReply => ({ status, body: { detail } });

export async function startFakeLuma(): Promise<FakeLuma> {
  const apiKey = 'luma-api-fake-for-specs';
  const tasks = new FakeTasks<string>();

  function refusal({ method, path, headers, body }: FakeCall): FakeReply | undefined {
    if (headers.authorization !== `Bearer ${apiKey}`) return error(401, 'Unauthorized');
    if (method === 'GET' && path.startsWith('/v1/generations/'))
      return tasks.asked(idOf(path)) === undefined ? error(404, 'Generation not found') : undefined;
    if (method !== 'POST' || path !== '/v1/generations') return error(404, 'Not found');
    const video = body['video'] as Record<string, unknown>;
    const wrong =
      bodyComplaint(body, FIELDS, ['prompt', 'model', 'type', 'video']) ??
      bodyComplaint(video, VIDEO_FIELDS, 'keyframes' in video ? ['keyframe_indexes'] : []);
    return wrong === undefined ? undefined : error(422, wrong);
  }

  function answer({ method, path, body }: FakeCall): FakeReply {
    if (method === 'GET') {
      const seen = tasks.look(idOf(path));
      return seen === undefined
        ? error(404, 'Generation not found')
        : view(idOf(path), seen.asked, seen.step);
    }
    const id = `generation-${tasks.size + 1}`;
    tasks.open(id, String(body['aspect_ratio']));
    return { status: 201, body: { id, state: 'queued', type: 'video', model: 'ray-3.2', output: [] } };
  }

  function view(id: string, aspect: string, step: FakeStep): FakeReply {
    const common = { id, created_at: '2026-11-22T10:00:00Z', model: 'ray-3.2', type: 'video' };
    const body = (rest: object): FakeReply => ({ status: 200, body: { ...common, ...rest } });
    if (step.kind === 'waiting') return body({ state: 'queued' });
    if (step.kind === 'working') return body({ state: 'processing' });
    if (step.kind !== 'done')
      return body({ state: 'failed', failure_code: step.kind === 'failed' ? step.code : null });
    const url = vendor.publish(fakeFilm(...(SIZES[aspect] ?? ([960, 540] as const))), 'video/mp4');
    return body({ state: 'completed', output: [{ type: 'video', url }] });
  }

  const vendor = await FakeVendor.start({ refusal, answer });
  return { vendor, baseUrl: `${vendor.origin}/v1`, tasks, apiKey };
}

function idOf(path: string): string {
  return decodeURIComponent(path.slice('/v1/generations/'.length));
}
