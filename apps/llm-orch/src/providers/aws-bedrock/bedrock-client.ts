import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import { faultOfTransport } from '../wire/transport-faults.js';

/** The provider's name. */
export const BEDROCK = 'aws-bedrock';

const CONNECT_TIMEOUT_MS = 5_000;

export interface BedrockAccess {
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Of temporary credentials. */
  readonly sessionToken?: string;
  /** Absent: the region's own. */
  readonly endpoint?: string;
  /** Open connections at most; further calls wait in line. */
  readonly connections?: number;
}

/** The vendor's own client and the two calls of it that we make. */
export interface BedrockSdk {
  readonly client: BedrockRuntimeClient;
  readonly ConverseCommand: typeof import('@aws-sdk/client-bedrock-runtime').ConverseCommand;
  readonly ConverseStreamCommand: typeof import('@aws-sdk/client-bedrock-runtime').ConverseStreamCommand;
}

/**
 * Loads the vendor's client, some megabytes that only an installation with Bedrock should pay for. Every setting that it
 * would otherwise look up in the machine's environment, profile or metadata is given here, so that nothing but our own
 * configuration decides who pays and where the prompts go.
 */
export async function loadBedrock(access: BedrockAccess): Promise<BedrockSdk> {
  const [{ BedrockRuntimeClient, ConverseCommand, ConverseStreamCommand }, { NodeHttpHandler: Handler }] =
    await Promise.all([import('@aws-sdk/client-bedrock-runtime'), import('@smithy/node-http-handler')]);
  /** Tells a failed connection as what it is before the client wraps the error, which can lose its code. */
  class Connections extends Handler {
    override async handle(...call: Parameters<NodeHttpHandler['handle']>) {
      try {
        return await super.handle(...call);
      } catch (error) {
        throw faultOfTransport(BEDROCK, error);
      }
    }
  }
  const { region, accessKeyId, secretAccessKey, sessionToken } = access;
  const agent = { keepAlive: true, maxSockets: access.connections ?? 64 };
  const client = new BedrockRuntimeClient({
    region,
    endpoint: access.endpoint ?? `https://bedrock-runtime.${region}.amazonaws.com`,
    credentials: { accessKeyId, secretAccessKey, sessionToken },
    authSchemePreference: ['aws.auth#sigv4'],
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    defaultsMode: 'standard',
    retryMode: 'standard',
    userAgentAppId: 'eventzr',
    // Retries are the caller's, who owns the deadline and the budget.
    maxAttempts: 1,
    requestHandler: new Connections({
      connectionTimeout: CONNECT_TIMEOUT_MS,
      httpAgent: agent,
      httpsAgent: agent,
    }),
  });
  return { client, ConverseCommand, ConverseStreamCommand };
}
