/** Why a URL was not fetched; callers map it to their own catalogue. */
export type FetchRefusalKind =
  | 'invalid-url'
  | 'forbidden-address'
  | 'too-many-redirects'
  | 'bad-status'
  | 'wrong-type'
  | 'too-large'
  | 'timeout'
  | 'unreachable';

const MESSAGES: Readonly<Record<FetchRefusalKind, string>> = {
  'invalid-url': 'must be an https URL without credentials, on port 443 or 80',
  'forbidden-address': 'must lead to a public address',
  'too-many-redirects': 'redirects too often',
  'bad-status': 'did not answer with the content',
  'wrong-type': 'has a type that is not accepted here',
  'too-large': 'is larger than accepted here',
  timeout: 'took too long to answer',
  unreachable: 'could not be reached',
};

/** The only error that `SafeFetch` throws; its message says nothing about the network behind us. */
export class FetchRefused extends Error {
  constructor(
    readonly kind: FetchRefusalKind,
    options: { cause?: unknown; status?: number } = {},
  ) {
    super(`The address ${MESSAGES[kind]}`, { cause: options.cause });
    this.name = 'FetchRefused';
    this.status = options.status;
  }

  /** The status that the other side answered, for `bad-status`. */
  readonly status: number | undefined;
}
