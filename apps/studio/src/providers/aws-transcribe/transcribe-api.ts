import {
  DeleteTranscriptionJobCommand,
  GetTranscriptionJobCommand,
  StartTranscriptionJobCommand,
  type StartTranscriptionJobCommandInput,
  TranscribeClient,
  type TranscriptionJob,
} from '@aws-sdk/client-transcribe';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { awsFault } from '../aws/aws-faults.js';
import { ProviderFault } from '../provider-fault.js';
import { textAt } from '../vendor/json.js';
import type { CallPurpose } from '../vendor/vendor-faults.js';

/** What the vendor calls a job that it does not know; the latter for names that it once knew. */
const UNKNOWN_JOB = new Set(['NotFoundException', 'BadRequestException']);

export interface TranscribeApiOptions {
  readonly provider: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly timeoutMs: number;
  /** Another address than the region's own. */
  readonly endpoint?: string;
}

/** The three calls of Amazon Transcribe that a transcript takes. Jobs are known by the names that we give them. */
export class TranscribeApi {
  private readonly client: TranscribeClient;

  constructor(private readonly options: TranscribeApiOptions) {
    const { region, accessKeyId, secretAccessKey, endpoint } = options;
    this.client = new TranscribeClient({
      region,
      credentials: { accessKeyId, secretAccessKey },
      // The job's own retries count and wait; the SDK must not add to them.
      maxAttempts: 1,
      requestHandler: new NodeHttpHandler({ connectionTimeout: 5_000 }),
      ...(endpoint === undefined ? {} : { endpoint }),
    });
  }

  /** A name that is taken is our own earlier submit: that job is the one. @throws ProviderFault */
  async start(input: StartTranscriptionJobCommandInput, signal: AbortSignal): Promise<void> {
    const send = async (abortSignal: AbortSignal): Promise<void> => {
      try {
        const { TranscriptionJob: job } = await this.client.send(new StartTranscriptionJobCommand(input), {
          abortSignal,
        });
        if (job === undefined) throw this.fault('unknown_outcome', 'the answer holds no job');
      } catch (error) {
        if (textAt(error, 'name') !== 'ConflictException') throw error;
      }
    };
    await this.asked('work', signal, send);
  }

  /** Undefined for a job that the vendor does not know. @throws ProviderFault */
  async find(name: string, signal: AbortSignal): Promise<TranscriptionJob | undefined> {
    return this.asked('look', signal, async (abortSignal) => {
      const command = new GetTranscriptionJobCommand({ TranscriptionJobName: name });
      try {
        const { TranscriptionJob: job } = await this.client.send(command, { abortSignal });
        if (job === undefined) throw this.fault('unavailable', 'the answer holds no job');
        return job;
      } catch (error) {
        if (UNKNOWN_JOB.has(textAt(error, 'name') ?? '')) return undefined;
        throw error;
      }
    });
  }

  /** @throws ProviderFault */
  async remove(name: string, signal: AbortSignal): Promise<void> {
    const command = new DeleteTranscriptionJobCommand({ TranscriptionJobName: name });
    await this.asked('look', signal, (abortSignal) => this.client.send(command, { abortSignal }));
  }

  fault(kind: ProviderFault['kind'], message: string, status?: number): ProviderFault {
    const { provider } = this.options;
    return new ProviderFault({ provider, kind, message, ...(status === undefined ? {} : { status }) });
  }

  private async asked<T>(
    purpose: CallPurpose,
    signal: AbortSignal,
    call: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const deadline = AbortSignal.timeout(this.options.timeoutMs);
    try {
      return await call(AbortSignal.any([signal, deadline]));
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof ProviderFault) throw error;
      throw awsFault(this.options.provider, error, { purpose, deadlinePassed: deadline.aborted });
    }
  }
}
