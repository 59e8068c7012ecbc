import {
  bodyComplaint,
  expects,
  type FakeCall,
  type FakeReply,
  FakeVendor,
} from '../vendor/vendor-server.fake.js';

const FIELDS = {
  Engine: expects.oneOf('standard', 'neural', 'generative', 'long-form'),
  VoiceId: expects.text(2, 30),
  LanguageCode: expects.text(5, 6),
  OutputFormat: expects.oneOf('pcm'),
  SampleRate: expects.oneOf('8000', '16000'),
  TextType: expects.oneOf('ssml'),
  /** Well-formed: one prosody in one speak, nothing unescaped within. */
  Text: (value: unknown) =>
    typeof value === 'string' &&
    /^<speak><prosody rate="\d{2,3}%">([^<>&]|&(amp|lt|gt|quot|apos);)+<\/prosody><\/speak>$/.test(value),
};

/** A server that speaks Polly's REST protocol. For specs only. */
export interface FakePolly {
  readonly vendor: FakeVendor;
  readonly accessKeyId: string;
}

export const awsError = (status: number, type: string): FakeReply => ({
  status,
  body: { message: type },
  headers: { 'x-amzn-errortype': type },
});

export async function startFakePolly(): Promise<FakePolly> {
  const accessKeyId = 'AKIAFAKEFORSPECS';
  function refusal({ method, path, headers, body }: FakeCall): FakeReply | undefined {
    const signed = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/`;
    const authorization = headers.authorization ?? '';
    if (!authorization.startsWith(signed) || !authorization.includes('/eu-west-1/polly/aws4_request'))
      return awsError(403, 'UnrecognizedClientException');
    if (method !== 'POST' || path !== '/v1/speech') return awsError(404, 'UnknownOperationException');
    const wrong = bodyComplaint(body, FIELDS, ['OutputFormat', 'Text', 'VoiceId']);
    return wrong === undefined ? undefined : awsError(400, 'ValidationException');
  }
  /** One second of a tone. */
  const answer = (): FakeReply => {
    const samples = Int16Array.from({ length: 16_000 }, (_, at) => 8_000 * Math.sin(at / 5));
    return { status: 200, body: Buffer.from(samples.buffer), headers: { 'content-type': 'audio/pcm' } };
  };
  return { vendor: await FakeVendor.start({ refusal, answer }), accessKeyId };
}
