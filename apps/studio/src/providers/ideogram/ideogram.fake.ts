import { fakePicture } from '../vendor/vendor-media.fake.js';
import {
  bodyComplaint,
  expects,
  type FakeCall,
  type FakeReply,
  FakeVendor,
} from '../vendor/vendor-server.fake.js';

const FIELDS = {
  prompt: expects.text(1, 10_000),
  negative_prompt: expects.text(1, 10_000),
  aspect_ratio: (value: unknown) => /^(\d{1,2})x(\d{1,2})$/.test(String(value)),
  rendering_speed: expects.oneOf('FLASH', 'TURBO', 'DEFAULT', 'QUALITY'),
  magic_prompt: expects.oneOf('AUTO', 'ON', 'OFF'),
  num_images: expects.digits(1, 8),
  seed: expects.digits(0, 2_147_483_647),
};

/** A server that speaks the vendor's generate endpoint. For specs only. */
export interface FakeIdeogram {
  readonly vendor: FakeVendor;
  readonly apiKey: string;
}

const error = (status: number, message: string): FakeReply => ({ status, body: { error: message } });

export async function startFakeIdeogram(): Promise<FakeIdeogram> {
  const apiKey = 'ideogram-fake-for-specs';

  function refusal({ method, path, headers, body }: FakeCall): FakeReply | undefined {
    if (headers['api-key'] !== apiKey) return error(401, 'Invalid API key');
    if (method !== 'POST' || path !== '/v1/ideogram-v3/generate') return error(404, 'Not found');
    const wrong = bodyComplaint(body, FIELDS, ['prompt']);
    return wrong === undefined ? undefined : error(400, wrong);
  }

  async function answer({ body }: FakeCall): Promise<FakeReply> {
    const [w = 1, h = 1] = String(body['aspect_ratio']).split('x').map(Number);
    const width = Math.round(512 * Math.sqrt(w / h));
    const url = vendor.publish(await fakePicture(width, Math.round((width * h) / w)), 'image/png');
    const picture = { prompt: body['prompt'], resolution: '1024x1024', is_image_safe: true, seed: 42, url };
    return { status: 200, body: { created: '2026-11-22T10:00:00Z', data: [picture] } };
  }

  const vendor = await FakeVendor.start({ refusal, answer });
  return { vendor, apiKey };
}
