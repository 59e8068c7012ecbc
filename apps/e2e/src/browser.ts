import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { tmpdir } from 'node:os';
import { chromium, type BrowserContext, type Page } from 'playwright-core';

/** Where chromium is, if it is on the path. */
export function findChromium(): string | undefined {
  const candidates = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'chromium'));
  return candidates.find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** What a browser does behind its user's back. */
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
];

/** A headless chromium with an empty profile that reaches this machine alone, and what it complained about. */
export class Browser {
  /** Errors and warnings of the console, policy violations among them, and uncaught errors. */
  readonly complaints: string[] = [];
  /** Requests that wanted to leave this machine. */
  readonly foreign: string[] = [];

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
    private readonly profile: string,
  ) {}

  static async open(executablePath: string): Promise<Browser> {
    const profile = mkdtempSync(join(tmpdir(), 'eventzr-browser-'));
    const context = await chromium.launchPersistentContext(profile, {
      executablePath,
      headless: true,
      args: QUIET,
      viewport: { width: 1280, height: 900 },
    });
    const browser = new Browser(context, context.pages()[0] ?? (await context.newPage()), profile);
    browser.listen();
    return browser;
  }

  async close(): Promise<void> {
    await this.context.close();
    rmSync(this.profile, { recursive: true, force: true });
  }

  private listen(): void {
    this.page.on('pageerror', (error) => this.complaints.push(error.message));
    this.page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) this.complaints.push(message.text());
    });
    this.page.on('request', (request) => {
      const { protocol, hostname, href } = new URL(request.url());
      const local = ['127.0.0.1', 'localhost'].includes(hostname) || !protocol.startsWith('http');
      if (!local) this.foreign.push(href);
    });
  }
}
