import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';

export interface RawRequest {
  readonly method?: string;
  /** Sent as it stands: no client tidies dots, slashes or escapes away. */
  readonly path: string;
  /** A list of values is sent as as many header lines. */
  readonly headers?: Readonly<Record<string, string | string[]>>;
}

export interface RawAnswer {
  readonly status: number;
  readonly text: string;
}

/** One HTTP request to the listener at `base`, with a path and headers that well-behaved clients would not send. */
export async function rawRequest(
  base: string,
  { method = 'GET', path, headers = {} }: RawRequest,
): Promise<RawAnswer> {
  const { hostname, port } = new URL(base);
  const sent = request({ host: hostname, port, method, path, headers, agent: false }).end();
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  let text = '';
  for await (const chunk of answer.setEncoding('utf8')) text += String(chunk);
  return { status: answer.statusCode ?? 0, text };
}

/**
 * Other spellings of a path below `/internal/`, any of which some router, proxy or decoder takes for the same.
 * @param path such as `/wallet/v1/internal/holds`
 */
export function spellingsOf(path: string): string[] {
  const [, service = ''] = path.split('/');
  const at = (inner: string): string => path.replace('/internal/', inner);
  const host = 'http://127.0.0.1';
  return [
    path,
    `${path}/`,
    `${path}?`,
    `${path}?x=/health`,
    `${path};x=1`,
    `${path}%20`,
    `${path}%00`,
    `/${path}`,
    `//${path}`,
    `/.${path}`,
    `/..${path}`,
    `/%2e${path}`,
    `/x/..${path}`,
    `/x/%2e%2e${path}`,
    `/${service}/v1/health/..${path.slice(`/${service}/v1`.length)}`,
    `/${service}/v1/health/%2e%2e${path.slice(`/${service}/v1`.length)}`,
    `/${service}/v1/health/..%2f${path.slice(`/${service}/v1/`.length)}`,
    `/${service}/v1/health${path.slice(`/${service}/v1`.length)}`,
    `/${service.toUpperCase()}${path.slice(service.length + 1)}`,
    `/%${service.charCodeAt(0).toString(16)}${path.slice(2)}`,
    path.replace('/v1/', '/V1/'),
    path.replace('/v1/', '/v1%2f'),
    path.replace('/v1/', '/v1//'),
    path.replaceAll('/', '\\').replace('\\', '/'),
    at('//internal/'),
    at('/internal//'),
    at('/./internal/'),
    at('/internal/./'),
    at('/internal/../internal/'),
    at('/x/../internal/'),
    at('/%2e/internal/'),
    at('/%69nternal/'),
    at('/%49nternal/'),
    at('/%2569nternal/'),
    at('/%69%6e%74%65%72%6e%61%6c/'),
    at('/INTERNAL/'),
    at('/Internal/'),
    at('/internal%2f'),
    at('/internal%2F'),
    at('%2finternal/'),
    at('/internal%5c'),
    at('/internal\\'),
    at('/internal;/'),
    at('/internal%20/'),
    at('/%20internal/'),
    at('/internal%09/'),
    at('/internal%00/'),
    at('/inter%6eal/'),
    at('/%c4%b1nternal/'),
    `${host}${path}`,
    `${host}:8081${path}`,
  ];
}
