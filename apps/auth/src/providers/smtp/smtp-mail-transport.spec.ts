import { afterEach, describe, expect, it } from '@jest/globals';
import { MailRefused } from '../mail-transport.js';
import { FakeMailServer } from './mail-server.fake.js';
import { SmtpMailTransport, type SmtpSettings } from './smtp-mail-transport.js';

const mail = {
  id: '0190b6a0-0000-7000-8000-000000000001',
  to: 'ada@example.com',
  subject: 'Hello',
  text: 'Line one\nLine two\n',
};
const PLAIN = { hideSTARTTLS: true, allowInsecureAuth: true };
const never = new AbortController().signal;
let server: FakeMailServer;

const transportTo = (over: Partial<SmtpSettings> = {}) =>
  new SmtpMailTransport({
    url: server.url(),
    tls: 'optional',
    from: 'EventZR <no-reply@eventzr.com>',
    ...over,
  });
const faultOf = (sent: Promise<void>) =>
  sent.then(
    () => undefined,
    (error: unknown) => error,
  );

afterEach(() => server.stop());

describe('a mail over SMTP', () => {
  it('arrives as it was written, from us, to one person, marked as a machine’s', async () => {
    server = await FakeMailServer.start(PLAIN);
    await transportTo().deliver(mail, never);
    expect(server.received).toHaveLength(1);
    expect(server.received[0]).toMatchObject({
      from: 'no-reply@eventzr.com',
      to: ['ada@example.com'],
      secure: false,
    });
    expect(server.received[0]?.text.replaceAll('\r\n', '\n').trimEnd()).toBe(mail.text.trimEnd());
    const headers = server.received[0]?.headers ?? '';
    expect(headers).toMatch(/^From: EventZR <no-reply@eventzr\.com>$/m);
    expect(headers).toMatch(/^Subject: Hello$/m);
    expect(headers).toMatch(/^Message-ID: <0190b6a0-0000-7000-8000-000000000001@eventzr\.com>$/m);
    expect(headers).toMatch(/^Auto-Submitted: auto-generated$/m);
  });

  it('reaches nobody else, whatever the address tries', async () => {
    server = await FakeMailServer.start(PLAIN);
    await faultOf(transportTo().deliver({ ...mail, to: 'ada@example.com, eve@example.com' }, never));
    await faultOf(transportTo().deliver({ ...mail, to: 'ada@example.com\r\nBcc: eve@example.com' }, never));
    const reached = server.received.flatMap(({ to, headers }) => [...to, headers]).join();
    expect(reached).not.toMatch(/^Bcc/m);
    expect(server.received.flatMap(({ to }) => to)).not.toContain('eve@example.com');
  });

  it.each([550, 553])('is refused for good when the recipient is (%d)', async (code) => {
    server = await FakeMailServer.start(PLAIN);
    server.refuseRecipients = code;
    expect(await faultOf(transportTo().deliver(mail, never))).toBeInstanceOf(MailRefused);
  });

  it.each([421, 451])('is worth another attempt after %d', async (code) => {
    server = await FakeMailServer.start(PLAIN);
    server.refuseRecipients = code;
    const fault = await faultOf(transportTo().deliver(mail, never));
    expect(fault).toMatchObject({ responseCode: code });
    expect(fault).not.toBeInstanceOf(MailRefused);
  });

  it('is worth another attempt when the password is wrong, or nobody listens: both will be mended', async () => {
    server = await FakeMailServer.start(PLAIN);
    const stranger = await faultOf(transportTo({ url: server.url('wrong') }).deliver(mail, never));
    const url = server.url();
    await server.stop();
    const nobody = await faultOf(transportTo({ url }).deliver(mail, never));
    expect([stranger, nobody]).toMatchObject([{ code: 'EAUTH' }, { code: 'ESOCKET' }]);
    for (const fault of [stranger, nobody]) expect(fault).not.toBeInstanceOf(MailRefused);
    expect(server.received).toEqual([]);
  });

  it('ends with its signal', async () => {
    server = await FakeMailServer.start(PLAIN);
    const fault = await faultOf(transportTo().deliver(mail, AbortSignal.abort()));
    expect(fault).toMatchObject({ code: 'EABORT' });
    expect(server.received).toEqual([]);
  });
});

describe('with TLS required', () => {
  it('nothing leaves, not even the password, when the server offers none', async () => {
    server = await FakeMailServer.start({ ...PLAIN, disabledCommands: ['STARTTLS'] });
    const fault = await faultOf(transportTo({ tls: 'required' }).deliver(mail, never));
    expect(fault).toMatchObject({ code: 'ETLS' });
    expect([server.logins, server.received]).toEqual([0, []]);
  });

  it('nothing leaves when nobody vouches for the server', async () => {
    server = await FakeMailServer.start();
    const fault = await faultOf(transportTo({ tls: 'required' }).deliver(mail, never));
    expect(fault).toMatchObject({ message: expect.stringMatching(/certificate/) });
    expect([server.logins, server.received]).toEqual([0, []]);
  });
});
