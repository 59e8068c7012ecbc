import {
  bodyComplaint,
  expects,
  type FakeCall,
  type FakeReply,
  FakeVendor,
} from '../vendor/vendor-server.fake.js';

const VOICES = [
  'alloy',
  'ash',
  'ballad',
  'coral',
  'echo',
  'fable',
  'nova',
  'onyx',
  'sage',
  'shimmer',
  'verse',
];
const SPEECH_FIELDS = {
  model: expects.oneOf('tts-1', 'tts-1-hd', 'gpt-4o-mini-tts'),
  input: expects.text(1, 4_096),
  voice: expects.oneOf(...VOICES),
  response_format: expects.oneOf('mp3', 'opus', 'aac', 'flac', 'wav', 'pcm'),
  speed: (value: unknown) => typeof value === 'number' && value >= 0.25 && value <= 4,
};
const TRANSCRIPT_FIELDS = {
  file: expects.file,
  model: expects.oneOf('whisper-1'),
  response_format: expects.oneOf('verbose_json'),
  'timestamp_granularities[]': expects.oneOf('word', 'segment'),
  language: (value: unknown) => typeof value === 'string' && /^[a-z]{2}$/.test(value),
};

/** A server that speaks the vendor's audio endpoints. For specs only. */
export interface FakeOpenAiAudio {
  readonly vendor: FakeVendor;
  readonly apiKey: string;
}

const error = (status: number, code: string, message = code): FakeReply => ({
  status,
  body: { error: { message, type: 'invalid_request_error', param: null, code } },
});

/** One second of raw sound. */
function speech(): FakeReply {
  const samples = Int16Array.from(
    { length: 24_000 },
    (_, at) => 8_000 * Math.sin((at * 2 * Math.PI * 440) / 24_000),
  );
  return { status: 200, body: Buffer.from(samples.buffer), headers: { 'content-type': 'audio/pcm' } };
}

function transcript(): FakeReply {
  const segment = { id: 0, start: 0.1, end: 0.9, text: ' Book it.', avg_logprob: -0.2, no_speech_prob: 0.01 };
  const words = [
    { word: 'Book', start: 0.1, end: 0.4 },
    { word: 'it', start: 0.4, end: 0.9 },
  ];
  const facts = { task: 'transcribe', language: 'english', duration: 1, text: ' Book it.' };
  return { status: 200, body: { ...facts, segments: [segment], words } };
}

export async function startFakeOpenAiAudio(): Promise<FakeOpenAiAudio> {
  const apiKey = 'sk-fake-for-specs';
  function refusal({ method, path, headers, body }: FakeCall): FakeReply | undefined {
    if (headers.authorization !== `Bearer ${apiKey}`) return error(401, 'invalid_api_key');
    if (method !== 'POST') return error(405, 'method_not_allowed');
    const isSpeech = path === '/audio/speech';
    if (!isSpeech && path !== '/audio/transcriptions') return error(404, 'not_found');
    const wrong = isSpeech
      ? bodyComplaint(body, SPEECH_FIELDS, ['model', 'input', 'voice'])
      : bodyComplaint(body, TRANSCRIPT_FIELDS, ['model', 'file']);
    return wrong === undefined ? undefined : error(400, 'invalid_value', wrong);
  }
  const answer = ({ path }: FakeCall): FakeReply => (path === '/audio/speech' ? speech() : transcript());
  return { vendor: await FakeVendor.start({ refusal, answer }), apiKey };
}
