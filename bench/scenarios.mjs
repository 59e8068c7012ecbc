// What the load generator sends. `next(connection, step)` is the text of one request.
import { randomUUID } from 'node:crypto';

const DAY_MS = 86_400_000;

const request = (method, path, headers, body) => {
  const lines = [
    `${method} ${path} HTTP/1.1`,
    'host: 127.0.0.1',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  if (body === undefined) return `${lines.join('\r\n')}\r\n\r\n`;
  return `${lines.join('\r\n')}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
};

export const scenarios = {
  /** The same few requests over and over. */
  get({ requests }) {
    const texts = requests.map(({ path, headers }) => request('GET', path, headers));
    return { expected: [200], next: (connection, step) => texts[(connection * 31 + step) % texts.length] };
  },

  /** A hold on some user's wallet, then its capture. */
  holdAndCapture({ headers, tenantId, users }) {
    const open = new Map();
    const next = (connection, step) => {
      const held = open.get(connection);
      if (held !== undefined) {
        open.delete(connection);
        return request(
          'POST',
          `/wallet/v1/internal/holds/${held}/capture`,
          headers,
          JSON.stringify({ tenantId, amount: 3 }),
        );
      }
      const id = randomUUID();
      open.set(connection, id);
      const userId = users[(connection * 31 + step) % users.length];
      const deadline = new Date(Date.now() + DAY_MS).toISOString();
      const body = {
        id,
        tenantId,
        userId,
        roles: ['user'],
        operation: 'images.generate',
        referenceId: id,
        amount: 5,
        deadline,
      };
      return request('POST', '/wallet/v1/internal/holds', headers, JSON.stringify(body));
    };
    return { expected: [200, 201], next };
  },

  /** One write, with a fresh Idempotency-Key or without one. */
  write({ method, path, headers, body, keyed, status }) {
    const text = JSON.stringify(body);
    const next = () =>
      request(method, path, keyed ? { ...headers, 'idempotency-key': randomUUID() } : headers, text);
    return { expected: [status], next };
  },
};
