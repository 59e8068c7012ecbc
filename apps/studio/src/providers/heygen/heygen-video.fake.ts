import sharp from 'sharp';
import { type FakeStep, FakeTasks } from '../vendor/fake-tasks.fake.js';
import { fakeFilm } from '../vendor/vendor-media.fake.js';
import {
  bodyComplaint,
  expects,
  type FakeCall,
  type FakeReply,
  FakeVendor,
} from '../vendor/vendor-server.fake.js';
import { heyGenError } from './heygen.fake.js';

const PATH = '/v3/models/videos';
const RATIOS = ['21:9', '16:9', '4:3', '1:1', '3:4', '9:16'];
const isPicture = (value: unknown): boolean => {
  const { type, media_type, data, ...more } = value as Record<string, unknown>;
  const known = type === 'base64' && media_type === 'image/jpeg' && Object.keys(more).length === 0;
  return known && typeof data === 'string' && data.length > 0 && data.length <= 5 * 1024 * 1024;
};
const COMMON = {
  model: expects.oneOf('heygen-video-1'),
  mode: expects.text(1, 30),
  prompt: expects.text(1, 16_000),
  prompt_enhancement: expects.oneOf('turbo', 'quality', 'default', 'disabled'),
  duration: expects.integer(5, 15),
  resolution: expects.oneOf('480p', '768p', '1080p', '2k'),
  seed: expects.integer(0, 4_294_967_295),
  callback_id: expects.text(1, 256),
  callback_url: (value: unknown) => expects.url(value) && String(value).startsWith('https:'),
};
const MODES: Readonly<Record<string, Readonly<Record<string, (value: unknown) => boolean>>>> = {
  text_to_video: { ...COMMON, aspect_ratio: expects.oneOf(...RATIOS) },
  image_to_video: { ...COMMON, image: isPicture },
  reference_to_video: {
    ...COMMON,
    aspect_ratio: expects.oneOf(...RATIOS, 'adaptive'),
    reference_images: (value: unknown) =>
      Array.isArray(value) && value.length > 0 && value.length <= 9 && value.every(isPicture),
  },
};
const REQUIRED: Readonly<Record<string, string>> = {
  image_to_video: 'image',
  reference_to_video: 'reference_images',
};
/** Size classes and their frames of 16:9; the others are turned or cut from them. */
const WIDE: Readonly<Record<string, readonly [number, number]>> = {
  '480p': [832, 480],
  '768p': [1344, 768],
  '1080p': [1890, 1080],
};

interface Film {
  readonly body: FakeCall['body'];
  readonly key: string;
}

/** A server that speaks as much of HeyGen Video as we use. For specs only. */
export interface FakeHeyGenVideo {
  readonly vendor: FakeVendor;
  readonly tasks: FakeTasks<Film>;
  readonly apiKey: string;
}

/** What the vendor documents to refuse beyond single fields. */
function complaintAbout(body: FakeCall['body']): string | undefined {
  const mode = String(body['mode']);
  const fields = MODES[mode];
  if (fields === undefined) return `unknown mode ${mode}`;
  const needed = REQUIRED[mode];
  const large = body['resolution'] === '1080p' || body['resolution'] === '2k';
  if (large && mode !== 'image_to_video' && !['16:9', '9:16'].includes(String(body['aspect_ratio'])))
    return 'aspect_ratio must be 16:9 or 9:16 at 1080p and 2k';
  return bodyComplaint(body, fields, ['model', 'mode', 'prompt', ...(needed === undefined ? [] : [needed])]);
}

async function sizeOf({ body }: Film): Promise<readonly [number, number]> {
  const image = body['image'] as { data: string } | undefined;
  if (image !== undefined) {
    const { width, height } = await sharp(Buffer.from(image.data, 'base64')).metadata();
    return [width, height];
  }
  const [width, height] = WIDE[String(body['resolution'])] ?? ([1344, 768] as const);
  if (body['aspect_ratio'] === '9:16') return [height, width];
  return body['aspect_ratio'] === '1:1' ? [height, height] : [width, height];
}

export async function startFakeHeyGenVideo(): Promise<FakeHeyGenVideo> {
  const apiKey = 'heygen-video-fake-for-specs';
  const tasks = new FakeTasks<Film>();

  function refusal({ method, path, headers, body }: FakeCall): FakeReply | undefined {
    if (headers['x-api-key'] !== apiKey) return heyGenError(401, 'unauthorized');
    if (method === 'GET' && path.startsWith(`${PATH}/`))
      return tasks.asked(idOf(path)) === undefined ? heyGenError(404, 'not_found') : undefined;
    if (method !== 'POST' || path !== PATH) return heyGenError(404, 'not_found');
    if (!/^[A-Za-z0-9_:.-]{1,255}$/.test(String(headers['idempotency-key'] ?? '')))
      return heyGenError(400, 'invalid_parameter', 'Idempotency-Key');
    const wrong = complaintAbout(body);
    return wrong === undefined ? undefined : heyGenError(400, 'validation_error', wrong);
  }

  async function answer({ method, path, headers, body }: FakeCall): Promise<FakeReply> {
    if (method === 'POST') return created(String(headers['idempotency-key']), body);
    const seen = tasks.look(idOf(path));
    if (seen === undefined) return heyGenError(404, 'not_found');
    return { status: 200, body: { data: await view(idOf(path), seen.asked, seen.step) } };
  }

  /** A key that is known answers with the film that it made. */
  function created(key: string, body: FakeCall['body']): FakeReply {
    const known = tasks.ids().find((id) => tasks.asked(id)?.key === key);
    const video_id = known ?? `film-${tasks.size + 1}`;
    if (known === undefined) tasks.open(video_id, { body, key });
    return { status: 202, body: { data: { video_id, status: 'pending' } } };
  }

  async function view(video_id: string, film: Film, step: FakeStep): Promise<object> {
    const common = { video_id, model: 'heygen-video-1', created_at: 1_795_000_000 };
    if (step.kind === 'waiting') return { ...common, status: 'pending' };
    if (step.kind === 'working') return { ...common, status: 'processing' };
    if (step.kind === 'cancelled')
      return { ...common, status: 'cancelled', failure_code: 'generation_cancelled' };
    if (step.kind === 'failed')
      return { ...common, status: 'failed', failure_code: 'generation_failed', failure_message: step.code };
    const [width, height] = await sizeOf(film);
    const video_url = vendor.publish(fakeFilm(width, height), 'video/mp4');
    return { ...common, status: 'completed', video_url, width, height, duration: 1, seed: film.body['seed'] };
  }

  const vendor = await FakeVendor.start({ refusal, answer });
  return { vendor, tasks, apiKey };
}

function idOf(path: string): string {
  return decodeURIComponent(path.slice(PATH.length + 1));
}
