import { fakeTrack } from '../vendor/vendor-media.fake.js';
import {
  bodyComplaint,
  expects,
  type FakeCall,
  type FakeReply,
  FakeVendor,
} from '../vendor/vendor-server.fake.js';

const ADD_FIELDS = { name: expects.text(1, 100), description: expects.text(1, 500), files: expects.file };
const LIST_QUERY = new Set(['search', 'category', 'page_size', 'next_page_token']);
const SPEECH = /^\/v1\/text-to-speech\/(\w{20})\/with-timestamps$/;
const VOICE = /^\/v1\/voices\/(\w{20})$/;

/** What the vendor keeps of a cloned voice. */
export interface FakeVoice {
  readonly voice_id: string;
  readonly name: string;
  readonly description: string;
  readonly category: 'cloned';
  readonly voice_verification: { readonly requires_verification: boolean; readonly is_verified: boolean };
}

/** A server that keeps cloned voices as the vendor does: adds, finds, removes them, and speaks with those alone. For specs only. */
export interface FakeElevenLabsVoices {
  readonly vendor: FakeVendor;
  readonly apiKey: string;
  readonly voices: ReadonlyMap<string, FakeVoice>;
  /** The next voice is made, and its answer is an error. */
  loseNextAnswer(): void;
  /** The next voice may speak only when its owner was verified. */
  verifyNext(): void;
}

const error = (status: number, code: string): FakeReply => ({
  status,
  body: { detail: { status: code, message: code } },
});

export async function startFakeElevenLabsVoices(): Promise<FakeElevenLabsVoices> {
  const apiKey = 'elevenlabs-fake-for-specs';
  const voices = new Map<string, FakeVoice>();
  let [made, loses, verifies] = [0, false, false];

  function refusal({ headers, method, path, body, query }: FakeCall): FakeReply | undefined {
    if (headers['xi-api-key'] !== apiKey) return error(401, 'invalid_api_key');
    const named = (VOICE.exec(path) ?? SPEECH.exec(path))?.[1];
    if (named !== undefined && (method === 'DELETE') === VOICE.test(path))
      return voices.has(named) ? undefined : error(404, 'voice_not_found');
    if (method === 'GET' && path === '/v2/voices') {
      const size = Number(query.get('page_size') ?? 10);
      const known = [...query.keys()].every((key) => LIST_QUERY.has(key));
      return known && size >= 1 && size <= 100 ? undefined : error(422, 'invalid_request');
    }
    if (method !== 'POST' || path !== '/v1/voices/add') return error(404, 'not_found');
    const wrong = bodyComplaint(body, ADD_FIELDS, ['name', 'files']);
    return wrong === undefined ? undefined : error(422, 'invalid_request');
  }

  function add({ body }: FakeCall): FakeReply {
    made += 1;
    const voice_id = `voice${String(made).padStart(15, '0')}`;
    const requires_verification = verifies;
    const words = { name: String(body['name']), description: String(body['description']) };
    const voice_verification = { requires_verification, is_verified: false };
    voices.set(voice_id, { voice_id, ...words, category: 'cloned', voice_verification });
    const answer = loses
      ? error(500, 'internal')
      : { status: 200, body: { voice_id, requires_verification } };
    [loses, verifies] = [false, false];
    return answer;
  }

  function list({ query }: FakeCall): FakeReply {
    const search = query.get('search') ?? '';
    const found = [...voices.values()].filter(
      ({ name, description }) => name.includes(search) || description.includes(search),
    );
    return { status: 200, body: { voices: found, has_more: false, next_page_token: null } };
  }

  function answer(call: FakeCall): FakeReply {
    const gone = VOICE.exec(call.path)?.[1];
    if (gone !== undefined) return { status: 200, body: { status: voices.delete(gone) ? 'ok' : 'gone' } };
    if (call.method === 'GET') return list(call);
    if (SPEECH.test(call.path))
      return { status: 200, body: { audio_base64: fakeTrack().toString('base64') } };
    return add(call);
  }

  const vendor = await FakeVendor.start({ refusal, answer });
  return {
    ...{ vendor, apiKey, voices },
    loseNextAnswer: () => {
      loses = true;
    },
    verifyNext: () => {
      verifies = true;
    },
  };
}
