import {
  bodyComplaint,
  expects,
  type FakeCall,
  type FakeReply,
  FakeVendor,
} from '../vendor/vendor-server.fake.js';

const BUCKET = 'recordings-of-specs';
const NAME = /^[0-9A-Za-z._-]{1,200}$/;
const named = (value: unknown) => typeof value === 'string' && NAME.test(value);

const START_FIELDS = {
  TranscriptionJobName: named,
  Media: (value: unknown) => {
    const keys = Object.keys(value as object);
    return keys.length === 1 && keys[0] === 'MediaFileUri';
  },
  MediaFormat: expects.oneOf('mp3', 'mp4', 'wav', 'flac', 'ogg', 'amr', 'webm', 'm4a'),
  OutputBucketName: expects.oneOf(BUCKET),
  OutputKey: (value: unknown) => typeof value === 'string' && /^[A-Za-z0-9._!*'()/-]{1,1024}$/.test(value),
  LanguageCode: (value: unknown) => typeof value === 'string' && /^[a-z]{2}-[A-Z]{2}$/.test(value),
  IdentifyLanguage: expects.oneOf(true),
};

interface FakeJob {
  readonly recording: string;
  readonly output: string;
  readonly language: string;
  /** What the next looks see; the last stays. */
  readonly states: string[];
}

/** Servers that speak the protocols of Amazon Transcribe and S3. For specs only. */
export interface FakeTranscribe {
  readonly vendor: FakeVendor;
  readonly storage: FakeVendor;
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly jobs: Map<string, FakeJob>;
  /** Keys of what lies in the bucket. */
  keys(): string[];
  /** What the next job goes through. */
  plan(...states: string[]): void;
}

export const transcribeError = (status: number, type: string): FakeReply => ({
  status,
  body: { __type: type, Message: type },
  headers: { 'content-type': 'application/x-amz-json-1.1' },
});

const storageError = (status: number, code: string): FakeReply => ({
  status,
  body: Buffer.from(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`),
  headers: { 'content-type': 'application/xml' },
});

const word = (content: string, start: string, end: string, confidence: string) => ({
  type: 'pronunciation',
  alternatives: [{ content, confidence }],
  start_time: start,
  end_time: end,
});
const mark = (content: string) => ({ type: 'punctuation', alternatives: [{ content, confidence: '0.0' }] });

const documentOf = ({ language }: FakeJob) => ({
  accountId: '000000000000',
  status: 'COMPLETED',
  results: {
    language_code: language,
    transcripts: [{ transcript: 'Book it. Now, please' }],
    items: [
      ...[word('Book', '0.1', '0.3', '0.9'), word('it', '0.3', '0.5', '0.8'), mark('.')],
      ...[word('Now', '0.6', '0.7', '1.0'), mark(','), word('please', '0.7', '0.95', '0.7')],
    ],
  },
});

const signedFor = (accessKeyId: string, service: string, { headers }: FakeCall): boolean => {
  const authorization = headers.authorization ?? '';
  return (
    authorization.startsWith(`AWS4-HMAC-SHA256 Credential=${accessKeyId}/`) &&
    authorization.includes(`/eu-west-1/${service}/aws4_request`) &&
    /Signature=[0-9a-f]{64}$/.test(authorization)
  );
};

export async function startFakeTranscribe(): Promise<FakeTranscribe> {
  const accessKeyId = 'AKIAFAKEFORSPECS';
  const objects = new Map<string, Buffer>();
  const jobs = new Map<string, FakeJob>();
  let next = ['IN_PROGRESS', 'COMPLETED'];
  const keyOf = ({ path }: FakeCall): string | undefined =>
    path.startsWith(`/${BUCKET}/`) ? path.slice(BUCKET.length + 2) : undefined;

  const storage = await FakeVendor.start({
    refusal: (call) => {
      if (!signedFor(accessKeyId, 's3', call)) return storageError(403, 'InvalidAccessKeyId');
      const key = keyOf(call);
      if (key === undefined) return storageError(404, 'NoSuchBucket');
      const { method, headers } = call;
      if (method === 'GET' && !objects.has(key)) return storageError(404, 'NoSuchKey');
      const isSound = Number(headers['content-length']) > 0 && headers['content-type']?.startsWith('audio/');
      return method === 'PUT' && isSound !== true ? storageError(400, 'InvalidRequest') : undefined;
    },
    answer: (call) => {
      const key = keyOf(call) ?? '';
      if (call.method === 'GET') {
        const body = objects.get(key) ?? Buffer.alloc(0);
        return { status: 200, body, headers: { 'content-length': String(body.length) } };
      }
      if (call.method === 'PUT') objects.set(key, Buffer.from('a recording'));
      else objects.delete(key);
      return { status: call.method === 'PUT' ? 200 : 204, body: Buffer.alloc(0) };
    },
  });

  function startRefusal(body: Record<string, unknown>): FakeReply | undefined {
    const required = ['TranscriptionJobName', 'Media', 'MediaFormat', 'OutputBucketName', 'OutputKey'];
    const languages = Number('LanguageCode' in body) + Number('IdentifyLanguage' in body);
    if (bodyComplaint(body, START_FIELDS, required) !== undefined || languages !== 1)
      return transcribeError(400, 'BadRequestException');
    const uri = String((body['Media'] as Record<string, unknown>)['MediaFileUri']);
    if (!objects.has(uri.replace(`s3://${BUCKET}/`, ''))) return transcribeError(400, 'BadRequestException');
    const taken = jobs.has(String(body['TranscriptionJobName']));
    return taken ? transcribeError(400, 'ConflictException') : undefined;
  }
  function jobOf(name: string, state: string): object {
    const { language } = jobs.get(name) ?? { language: 'en-US' };
    const failed = state === 'FAILED' ? { FailureReason: 'Unsupported audio format.' } : {};
    const found = state === 'COMPLETED' ? { LanguageCode: language } : {};
    return {
      TranscriptionJob: { TranscriptionJobName: name, TranscriptionJobStatus: state, ...found, ...failed },
    };
  }
  function look(name: string): object {
    const job = jobs.get(name);
    if (job === undefined) return {};
    const state = (job.states.length > 1 ? job.states.shift() : job.states[0]) ?? 'COMPLETED';
    if (state === 'COMPLETED') objects.set(job.output, Buffer.from(JSON.stringify(documentOf(job))));
    return jobOf(name, state);
  }

  const operationOf = ({ headers }: FakeCall): string =>
    String(headers['x-amz-target']).replace(/^Transcribe\./, '');
  const vendor = await FakeVendor.start({
    refusal: (call) => {
      if (!signedFor(accessKeyId, 'transcribe', call))
        return transcribeError(400, 'UnrecognizedClientException');
      if (call.method !== 'POST' || call.headers['content-type'] !== 'application/x-amz-json-1.1')
        return transcribeError(404, 'UnknownOperationException');
      const operation = operationOf(call);
      if (operation === 'StartTranscriptionJob') return startRefusal(call.body);
      if (operation !== 'GetTranscriptionJob' && operation !== 'DeleteTranscriptionJob')
        return transcribeError(400, 'UnknownOperationException');
      const complaint = bodyComplaint(call.body, { TranscriptionJobName: named }, ['TranscriptionJobName']);
      if (complaint === undefined && jobs.has(String(call.body['TranscriptionJobName']))) return undefined;
      return transcribeError(400, 'BadRequestException');
    },
    answer: (call) => {
      const { body } = call;
      const name = String(body['TranscriptionJobName']);
      const operation = operationOf(call);
      if (operation === 'GetTranscriptionJob') return { status: 200, body: look(name) };
      if (operation === 'DeleteTranscriptionJob') {
        jobs.delete(name);
        return { status: 200, body: {} };
      }
      const { MediaFileUri } = body['Media'] as { MediaFileUri: string };
      const recording = MediaFileUri.replace(`s3://${BUCKET}/`, '');
      const { LanguageCode: language = 'en-GB' } = body as { LanguageCode?: string };
      jobs.set(name, { recording, output: String(body['OutputKey']), language, states: next });
      next = ['IN_PROGRESS', 'COMPLETED'];
      return { status: 200, body: jobOf(name, 'IN_PROGRESS') };
    },
  });
  return {
    vendor,
    storage,
    bucket: BUCKET,
    accessKeyId,
    jobs,
    keys: () => [...objects.keys()],
    plan: (...states) => (next = states),
  };
}
