import sharp from 'sharp';
import {
  bodyComplaint,
  expects,
  type FakeCall,
  type FakeReply,
  FakeVendor,
} from '../vendor/vendor-server.fake.js';
import { STABILITY_PRESETS } from './stability-api.js';

const RATIOS = ['16:9', '1:1', '21:9', '2:3', '3:2', '4:5', '5:4', '9:16', '9:21'];
type Checks = Readonly<Record<string, (value: unknown) => boolean>>;
const COMMON: Checks = {
  prompt: expects.text(1, 10_000),
  negative_prompt: expects.text(1, 10_000),
  seed: expects.digits(0, 4_294_967_294),
  output_format: expects.oneOf('png', 'jpeg', 'webp'),
};
const aspect_ratio = expects.oneOf(...RATIOS);
const style_preset = expects.oneOf(...STABILITY_PRESETS);
const image = expects.file;

/** Fields and required fields of each endpoint. */
const ENDPOINTS: Readonly<Record<string, readonly [Checks, readonly string[]]>> = {
  'generate/core': [{ ...COMMON, aspect_ratio, style_preset }, ['prompt']],
  'generate/ultra': [{ ...COMMON, aspect_ratio }, ['prompt']],
  'generate/sd3': [
    {
      ...COMMON,
      aspect_ratio,
      image,
      model: expects.oneOf('sd3.5-large', 'sd3.5-large-turbo', 'sd3.5-medium'),
      mode: expects.oneOf('text-to-image', 'image-to-image'),
      strength: expects.fraction,
    },
    ['prompt'],
  ],
  'edit/remove-background': [{ image, output_format: expects.oneOf('png', 'webp') }, ['image']],
  'upscale/fast': [{ image, output_format: COMMON['output_format'] ?? expects.file }, ['image']],
  'control/structure': [
    { ...COMMON, image, control_strength: expects.fraction, style_preset },
    ['image', 'prompt'],
  ],
  'control/style-transfer': [
    { ...COMMON, init_image: image, style_image: image, style_strength: expects.fraction },
    ['init_image', 'style_image'],
  ],
};

/** A server that speaks as much of Stability's API as we use. For specs only. */
export interface FakeStability {
  readonly vendor: FakeVendor;
  readonly apiKey: string;
}

const error = (status: number, name: string, message = name): FakeReply => ({
  status,
  body: { id: 'request-1', name, errors: [message] },
});

export async function startFakeStability(): Promise<FakeStability> {
  const apiKey = 'sk-stability-fake-for-specs';
  const endpointOf = (path: string): string => path.replace('/v2beta/stable-image/', '');

  function refusal({ method, path, headers, body }: FakeCall): FakeReply | undefined {
    if (headers.authorization !== `Bearer ${apiKey}`) return error(401, 'unauthorized');
    if (headers.accept !== 'application/json') return error(400, 'bad_request', 'accept');
    const endpoint = method === 'POST' ? ENDPOINTS[endpointOf(path)] : undefined;
    if (endpoint === undefined) return error(404, 'not_found');
    if (body['mode'] === 'image-to-image' && !('image' in body && 'strength' in body))
      return error(400, 'bad_request', 'image-to-image needs image and strength');
    const wrong = bodyComplaint(body, ...endpoint);
    return wrong === undefined ? undefined : error(400, 'bad_request', wrong);
  }

  async function answer({ path, body }: FakeCall): Promise<FakeReply> {
    const picture = await make(endpointOf(path), body);
    return { status: 200, body: { image: picture.toString('base64'), finish_reason: 'SUCCESS', seed: 42 } };
  }

  return { vendor: await FakeVendor.start({ refusal, answer }), apiKey };
}

async function make(endpoint: string, body: FakeCall['body']): Promise<Buffer> {
  const source = body['image'] ?? body['init_image'];
  if (!Buffer.isBuffer(source)) {
    const [w = 1, h = 1] = String(body['aspect_ratio']).split(':').map(Number);
    const width = Math.round(1_024 * Math.sqrt(w / h));
    const create = {
      width,
      height: Math.round((width * h) / w),
      channels: 3,
      background: '#3366cc',
    } as const;
    return sharp({ create }).png().toBuffer();
  }
  const { width, height } = await sharp(source).metadata();
  if (endpoint === 'upscale/fast')
    return sharp(source)
      .resize(width * 4, height * 4)
      .png()
      .toBuffer();
  if (endpoint !== 'edit/remove-background') return sharp(source).negate({ alpha: false }).png().toBuffer();
  const disc = `<svg width="${width}" height="${height}"><circle cx="50%" cy="50%" r="${height / 3}"/></svg>`;
  return sharp(source)
    .ensureAlpha()
    .composite([{ input: Buffer.from(disc), blend: 'dest-in' }])
    .png()
    .toBuffer();
}
