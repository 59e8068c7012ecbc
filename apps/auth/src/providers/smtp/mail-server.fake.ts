import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export const MAIL_USER = 'mailer';
export const MAIL_PASSWORD = 'mail-password';

export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  /** Whether it came over TLS. */
  readonly secure: boolean;
  readonly headers: string;
  readonly text: string;
}

/** A mail server that checks who sends, keeps what it gets, and says no when told to. */
export class FakeMailServer {
  readonly received: ReceivedMail[] = [];
  /** What is answered to every recipient, e.g. 550 or 451; undefined accepts them. */
  refuseRecipients: number | undefined;
  logins = 0;

  private constructor(
    private readonly server: SMTPServer,
    readonly port: number,
  ) {}

  static async start(options: SMTPServerOptions = {}, port = 0): Promise<FakeMailServer> {
    const box: { fake?: FakeMailServer } = {};
    const server = new SMTPServer({
      logger: false,
      authMethods: ['PLAIN'],
      ...options,
      onAuth: ({ username, password }, _session, done) => {
        if (box.fake !== undefined) box.fake.logins += 1;
        const known = username === MAIL_USER && password === MAIL_PASSWORD;
        done(known ? null : new Error('535 no such user'), known ? { user: username } : undefined);
      },
      onRcptTo: (_address, _session, done) => {
        const responseCode = box.fake?.refuseRecipients;
        done(responseCode === undefined ? null : Object.assign(new Error('no'), { responseCode }));
      },
      onData: (stream, { envelope, secure }, done) => {
        void text(stream).then((raw) => {
          const [headers = '', ...body] = raw.split('\r\n\r\n');
          const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
          const to = envelope.rcptTo.map(({ address }) => address);
          box.fake?.received.push({
            from,
            to,
            secure,
            headers,
            text: decoded(headers, body.join('\r\n\r\n')),
          });
          done(null);
        });
      },
    });
    server.on('error', () => undefined); // clients that go away in the middle
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    box.fake = new FakeMailServer(server, (server.server.address() as AddressInfo).port);
    return box.fake;
  }

  url(password = MAIL_PASSWORD, host = '127.0.0.1'): string {
    return `smtp://${MAIL_USER}:${password}@${host}:${this.port}`;
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.server.close(resolve));
  }
}

function decoded(headers: string, body: string): string {
  if (!/quoted-printable/i.test(headers)) return body;
  const joined = body.replace(/=\r\n/g, '');
  return joined.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
