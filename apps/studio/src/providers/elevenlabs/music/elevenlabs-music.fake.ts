import { fakeTrack } from '../../vendor/vendor-media.fake.js';
import {
  bodyComplaint,
  expects,
  type FakeCall,
  type FakeReply,
  FakeVendor,
} from '../../vendor/vendor-server.fake.js';

const FIELDS = {
  prompt: expects.text(1, 4_100),
  music_length_ms: expects.integer(3_000, 600_000),
  model_id: expects.oneOf('music_v2', 'music_v2_5'),
  force_instrumental: expects.boolean,
  sign_with_c2pa: expects.boolean,
};

/** A server that speaks the vendor's music endpoint. For specs only. */
export interface FakeElevenLabsMusic {
  readonly vendor: FakeVendor;
  readonly apiKey: string;
}

const error = (status: number, code: string, message = code): FakeReply => ({
  status,
  body: { detail: { status: code, message } },
});

export async function startFakeElevenLabsMusic(): Promise<FakeElevenLabsMusic> {
  const apiKey = 'elevenlabs-fake-for-specs';
  function refusal({ method, path, headers, body, query }: FakeCall): FakeReply | undefined {
    if (headers['xi-api-key'] !== apiKey) return error(401, 'invalid_api_key');
    if (method !== 'POST' || path !== '/v1/music') return error(404, 'not_found');
    if (query.get('output_format') !== 'mp3_44100_128') return error(400, 'invalid_output_format');
    const wrong = bodyComplaint(body, FIELDS, ['prompt']);
    return wrong === undefined ? undefined : error(422, 'invalid_request', wrong);
  }
  const answer = (): FakeReply => ({
    status: 200,
    body: fakeTrack(),
    headers: { 'content-type': 'audio/mpeg' },
  });
  return { vendor: await FakeVendor.start({ refusal, answer }), apiKey };
}
