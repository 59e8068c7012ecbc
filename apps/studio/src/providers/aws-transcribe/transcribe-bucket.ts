import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { awsFault } from '../aws/aws-faults.js';
import { ProviderFault } from '../provider-fault.js';

const LARGEST_TRANSCRIPT_BYTES = 16 * 1024 * 1024;
/** Recordings are large. */
const TIMEOUT_MS = 300_000;

export interface TranscribeBucketOptions {
  readonly provider: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Another address than the region's own. */
  readonly endpoint?: string;
}

/** Where recordings lie for the vendor, and where it puts transcripts: a bucket of ours, so that no link is signed. */
export class TranscribeBucket {
  private readonly client: S3Client;

  constructor(private readonly options: TranscribeBucketOptions) {
    const { region, accessKeyId, secretAccessKey, endpoint } = options;
    this.client = new S3Client({
      region,
      credentials: { accessKeyId, secretAccessKey },
      // The job's own retries count and wait; the SDK must not add to them.
      maxAttempts: 1,
      requestHandler: new NodeHttpHandler({ connectionTimeout: 5_000 }),
      ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
    });
  }

  /** @throws ProviderFault */
  async put(key: string, bytes: Buffer, mimeType: string, signal: AbortSignal): Promise<void> {
    const object = { ...this.at(key), Body: bytes, ContentLength: bytes.length, ContentType: mimeType };
    await this.asked(signal, (abortSignal) =>
      this.client.send(new PutObjectCommand(object), { abortSignal }),
    );
  }

  /** @throws ProviderFault */
  async read(key: string, signal: AbortSignal): Promise<Buffer> {
    return this.asked(signal, async (abortSignal) => {
      const { Body, ContentLength } = await this.client.send(new GetObjectCommand(this.at(key)), {
        abortSignal,
      });
      if (Body === undefined || ContentLength === undefined || ContentLength > LARGEST_TRANSCRIPT_BYTES) {
        const message = 'the transcript has no size or is too large';
        throw new ProviderFault({ provider: this.options.provider, kind: 'rejected', status: 200, message });
      }
      return Buffer.from(await Body.transformToByteArray());
    });
  }

  /** @throws ProviderFault */
  async remove(key: string, signal: AbortSignal): Promise<void> {
    await this.asked(signal, (abortSignal) =>
      this.client.send(new DeleteObjectCommand(this.at(key)), { abortSignal }),
    );
  }

  uri(key: string): string {
    return `s3://${this.options.bucket}/${key}`;
  }

  private at(key: string) {
    return { Bucket: this.options.bucket, Key: key };
  }

  /** Nothing here is billed by the piece, so that everything may be repeated. */
  private async asked<T>(signal: AbortSignal, call: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const deadline = AbortSignal.timeout(TIMEOUT_MS);
    try {
      return await call(AbortSignal.any([signal, deadline]));
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof ProviderFault) throw error;
      throw awsFault(this.options.provider, error, { purpose: 'look', deadlinePassed: deadline.aborted });
    }
  }
}
