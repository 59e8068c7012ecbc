import sharp from 'sharp';
import { expects, type FakeCall, type FakeReply, FakeVendor } from '../vendor/vendor-server.fake.js';
import { bodyComplaint } from '../vendor/vendor-server.fake.js';

const FIELDS = {
  model: expects.oneOf('gpt-image-1.5'),
  prompt: expects.text(1, 32_000),
  n: expects.digits(1, 10),
  size: expects.oneOf('1024x1024', '1536x1024', '1024x1536'),
  output_format: expects.oneOf('png', 'jpeg', 'webp'),
  background: expects.oneOf('transparent', 'opaque', 'auto'),
  'image[]': expects.file,
};

/** A server that speaks `POST /v1/images/edits`; what it makes transparent is the corner. For specs only. */
export interface FakeOpenAiEdits {
  readonly vendor: FakeVendor;
  readonly baseUrl: string;
  readonly apiKey: string;
}

const error = (status: number, code: string, message = code): FakeReply => ({
  status,
  body: { error: { message, type: 'invalid_request_error', param: null, code } },
});

export async function startFakeOpenAiEdits(): Promise<FakeOpenAiEdits> {
  const apiKey = 'sk-fake-for-specs';

  function refusal({ method, path, headers, body }: FakeCall): FakeReply | undefined {
    if (headers.authorization !== `Bearer ${apiKey}`) return error(401, 'invalid_api_key');
    if (method !== 'POST' || path !== '/v1/images/edits') return error(404, 'not_found');
    const wrong = bodyComplaint(body, FIELDS, ['model', 'prompt', 'image[]']);
    return wrong === undefined ? undefined : error(400, 'invalid_value', wrong);
  }

  async function answer({ body }: FakeCall): Promise<FakeReply> {
    const [width = 1024, height = 1024] = String(body['size']).split('x').map(Number);
    const disc = `<svg width="${width}" height="${height}"><circle cx="50%" cy="50%" r="${height / 4}"/></svg>`;
    const image = sharp({ create: { width, height, channels: 4, background: '#3366cc' } });
    const blend = 'dest-in';
    const made =
      body['background'] === 'transparent' ? image.composite([{ input: Buffer.from(disc), blend }]) : image;
    const bytes = await made.png().toBuffer();
    return { status: 200, body: { created: 1_790_000_000, data: [{ b64_json: bytes.toString('base64') }] } };
  }

  const vendor = await FakeVendor.start({ refusal, answer });
  return { vendor, baseUrl: `${vendor.origin}/v1`, apiKey };
}
