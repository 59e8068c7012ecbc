import { type FakeStep, FakeTasks } from '../vendor/fake-tasks.fake.js';
import { fakeFilm, fakePicture } from '../vendor/vendor-media.fake.js';
import {
  bodyComplaint,
  expects,
  type FakeCall,
  type FakeReply,
  FakeVendor,
} from '../vendor/vendor-server.fake.js';

const isBackground = (value: unknown): boolean => {
  const known = value as Record<string, unknown>;
  if (known['type'] === 'color') return /^#[0-9a-f]{6}$/.test(String(known['value']));
  return known['type'] === 'image' && String(known['asset_id']).startsWith('asset-');
};
const FIELDS = {
  type: expects.oneOf('avatar'),
  avatar_id: expects.text(1, 200),
  engine: (value: unknown) => JSON.stringify(value) === '{"type":"avatar_iv"}',
  resolution: expects.oneOf('720p', '1080p', '4k'),
  aspect_ratio: expects.oneOf('16:9', '9:16', '4:5', '5:4', '1:1', 'auto'),
  output_format: expects.oneOf('mp4', 'webm'),
  title: expects.text(1, 200),
  callback_id: expects.text(1, 200),
  callback_url: expects.url,
  script: expects.text(1, 5_000),
  voice_id: expects.text(1, 200),
  audio_asset_id: (value: unknown) => typeof value === 'string' && value.startsWith('asset-'),
  background: isBackground,
};
const SIZES: Readonly<Record<string, readonly [number, number]>> = {
  '720p': [1280, 720],
  '1080p': [1920, 1080],
};

interface Film {
  readonly resolution: string;
  readonly title: string;
  readonly key: string;
}

/** A server that speaks as much of HeyGen's API v3 as we use. For specs only. */
export interface FakeHeyGen {
  readonly vendor: FakeVendor;
  readonly tasks: FakeTasks<Film>;
  readonly apiKey: string;
}

/** An error as the vendor's API v3 words it. */
export const heyGenError = (status: number, code: string, message = code): FakeReply => ({
  status,
  body: { error: { code, message, param: null } },
});

export async function startFakeHeyGen(): Promise<FakeHeyGen> {
  const apiKey = 'heygen-fake-for-specs';
  const tasks = new FakeTasks<Film>();
  let assets = 0;

  function refusal({ method, path, headers, body }: FakeCall): FakeReply | undefined {
    if (headers['x-api-key'] !== apiKey) return heyGenError(401, 'unauthorized');
    if (path.startsWith('/v3/videos/'))
      return tasks.asked(idOf(path)) === undefined ? heyGenError(404, 'not_found') : undefined;
    if (path === '/v3/videos' && method === 'GET') return undefined;
    if (path === '/v3/assets' && method === 'POST') {
      const wrong = bodyComplaint(body, { file: expects.file }, ['file']);
      return wrong === undefined ? undefined : heyGenError(400, 'invalid_parameter', wrong);
    }
    if (path !== '/v3/videos' || method !== 'POST') return heyGenError(404, 'not_found');
    if (headers['idempotency-key'] === '')
      return heyGenError(400, 'invalid_parameter', 'blank Idempotency-Key');
    const spoken = ['script', 'audio_asset_id'].filter((key) => key in body).length;
    const wrong = spoken === 1 ? bodyComplaint(body, FIELDS, ['type', 'avatar_id']) : 'script or audio';
    return wrong === undefined ? undefined : heyGenError(400, 'validation_error', wrong);
  }

  async function answer({ method, path, headers, body, query }: FakeCall): Promise<FakeReply> {
    if (path === '/v3/assets') return { status: 200, body: { data: { asset_id: `asset-${(assets += 1)}` } } };
    if (path === '/v3/videos') return method === 'POST' ? created(headers, body) : listed(query.get('token'));
    if (method === 'DELETE') return { status: tasks.drop(idOf(path)) ? 200 : 404, body: { data: {} } };
    const seen = tasks.look(idOf(path));
    if (seen === undefined) return heyGenError(404, 'not_found');
    return { status: 200, body: { data: await view(idOf(path), seen.asked, seen.step) } };
  }

  function created(headers: FakeCall['headers'], body: FakeCall['body']): FakeReply {
    const key = String(headers['idempotency-key']);
    const known = tasks.ids().find((id) => tasks.asked(id)?.key === key && key !== 'undefined');
    const id = known ?? `video-${tasks.size + 1}`;
    const film = { resolution: String(body['resolution']), title: String(body['title']), key };
    if (known === undefined) tasks.open(id, film);
    return { status: 200, body: { data: { video_id: id, status: 'waiting' } } };
  }

  /** One film a page, so that pages are turned. */
  function listed(token: string | null): FakeReply {
    const index = Number(token ?? 0);
    const ids = tasks.ids();
    const id = ids[index];
    const data = id === undefined ? [] : [{ id, title: tasks.asked(id)?.title, status: 'processing' }];
    const more = index + 1 < ids.length;
    return { status: 200, body: { data, has_more: more, next_token: more ? String(index + 1) : null } };
  }

  async function view(id: string, film: Film, step: FakeStep): Promise<object> {
    if (step.kind === 'waiting') return { id, status: 'pending' };
    if (step.kind === 'working') return { id, status: 'processing' };
    if (step.kind !== 'done')
      return { id, status: 'failed', failure_code: step.kind === 'failed' ? step.code : null };
    const [width, height] = SIZES[film.resolution] ?? ([1280, 720] as const);
    const video_url = vendor.publish(fakeFilm(width, height), 'video/mp4');
    const thumbnail_url = vendor.publish(await fakePicture(64, 36, 'jpeg'), 'image/jpeg');
    return { id, status: 'completed', video_url, thumbnail_url, duration: 1 };
  }

  const vendor = await FakeVendor.start({ refusal, answer });
  return { vendor, tasks, apiKey };
}

function idOf(path: string): string {
  return decodeURIComponent(path.slice('/v3/videos/'.length));
}
