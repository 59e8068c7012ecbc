import { fakeTrack } from '../vendor/vendor-media.fake.js';
import {
  bodyComplaint,
  expects,
  type FakeCall,
  type FakeReply,
  FakeVendor,
} from '../vendor/vendor-server.fake.js';

const SPEECH_FIELDS = {
  text: expects.text(1, 40_000),
  model_id: expects.oneOf('eleven_flash_v2_5', 'eleven_v3'),
  language_code: (value: unknown) => typeof value === 'string' && /^[a-z]{2,3}$/.test(value),
  seed: expects.integer(0, 4_294_967_295),
  voice_settings: (value: unknown) => {
    const { speed, ...others } = value as Record<string, unknown>;
    return typeof speed === 'number' && speed >= 0.7 && speed <= 1.2 && Object.keys(others).length === 0;
  },
};
const TRANSCRIPT_FIELDS = {
  model_id: expects.oneOf('scribe_v1', 'scribe_v2'),
  file: expects.file,
  timestamps_granularity: expects.oneOf('none', 'word', 'character'),
  tag_audio_events: expects.oneOf('true', 'false'),
  language_code: (value: unknown) => typeof value === 'string' && /^[a-z]{2,3}$/.test(value),
};
const SPEECH_PATH = /^\/v1\/text-to-speech\/[A-Za-z0-9]{20}\/with-timestamps$/;

/** A server that speaks the vendor's voice endpoints. For specs only. */
export interface FakeElevenLabsVoice {
  readonly vendor: FakeVendor;
  readonly apiKey: string;
}

const error = (status: number, code: string, message = code): FakeReply => ({
  status,
  body: { detail: { status: code, message } },
});

function speech({ body }: FakeCall): FakeReply {
  const characters = [...String(body['text'])];
  const alignment = {
    characters,
    character_start_times_seconds: characters.map((_, index) => index * 0.02),
    character_end_times_seconds: characters.map((_, index) => (index + 1) * 0.02),
  };
  return {
    status: 200,
    body: { audio_base64: fakeTrack().toString('base64'), alignment, normalized_alignment: alignment },
  };
}

function transcript(): FakeReply {
  const word = (text: string, start: number, end: number) => ({
    text,
    start,
    end,
    type: 'word',
    logprob: -0.1,
  });
  const words = [
    word('Book', 0.1, 0.3),
    { text: ' ', start: 0.3, end: 0.3, type: 'spacing', logprob: 0 },
    word('it.', 0.3, 0.5),
    word('Now', 0.6, 0.9),
  ];
  const text = 'Book it. Now';
  return { status: 200, body: { language_code: 'eng', language_probability: 0.99, text, words } };
}

export async function startFakeElevenLabsVoice(): Promise<FakeElevenLabsVoice> {
  const apiKey = 'elevenlabs-fake-for-specs';
  function refusal({ method, path, headers, body, query }: FakeCall): FakeReply | undefined {
    if (headers['xi-api-key'] !== apiKey) return error(401, 'invalid_api_key');
    const isSpeech = SPEECH_PATH.test(path);
    if (method !== 'POST' || (!isSpeech && path !== '/v1/speech-to-text')) return error(404, 'not_found');
    if (isSpeech && query.get('output_format') !== 'mp3_44100_128')
      return error(400, 'invalid_output_format');
    const wrong = isSpeech
      ? bodyComplaint(body, SPEECH_FIELDS, ['text'])
      : bodyComplaint(body, TRANSCRIPT_FIELDS, ['model_id', 'file']);
    return wrong === undefined ? undefined : error(422, 'invalid_request', wrong);
  }
  const answer = (call: FakeCall): FakeReply => (SPEECH_PATH.test(call.path) ? speech(call) : transcript());
  return { vendor: await FakeVendor.start({ refusal, answer }), apiKey };
}
