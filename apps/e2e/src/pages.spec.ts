import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Locator } from 'playwright-core';
import { Browser, findChromium } from './browser.js';
import { RunningPlatform } from './platform.js';

const chromium = findChromium();
if (chromium === undefined)
  process.stderr.write(
    'skipped: the pages, since there is no chromium on the path (apt-get install chromium)\n',
  );

const SERVICES = ['auth', 'wallet', 'studio', 'aibrain', 'llm-orch', 'subscriptions', 'vault'];

(chromium === undefined ? describe.skip : describe)('the pages', () => {
  let eventzr: RunningPlatform;
  let browser: Browser;

  beforeAll(async () => {
    [eventzr, browser] = await Promise.all([RunningPlatform.start(), Browser.open(chromium ?? '')]);
    browser.page.setDefaultTimeout(20_000);
  }, 120_000);

  afterAll(async () => {
    await browser.close();
    await eventzr.stop();
  });

  afterEach(() => {
    expect(browser.complaints).toEqual([]);
    expect(browser.foreign).toEqual([]);
  });

  /** Opens the playground at one route and its form; the answer is what "Send" brought. */
  async function send(method: string, path: string, group: string, fill?: (form: Locator) => Promise<void>) {
    const { page } = browser;
    const service = path.split('/')[1] ?? '';
    await page.goto('about:blank'); // so that a change of the fragment alone loads the page too
    await page.goto(`${eventzr.url}/${service}/v1/docs#tag/${group}/${method.toUpperCase()}${path}`);
    await page.locator('button', { hasText: `(${method} ${path})` }).click();
    const form = page.getByRole('dialog');
    await fill?.(form);
    const answered = page.waitForResponse((response) => new URL(response.url()).pathname === path);
    await form.getByRole('button', { name: /^Send/ }).first().click();
    const answer = await answered;
    return { status: answer.status(), body: (await answer.json()) as { data: unknown } };
  }

  it('greet with every service, all of them ready', async () => {
    const { page } = browser;
    await page.goto(eventzr.url);
    await page.getByText(`All ${SERVICES.length} are ready.`).waitFor();
    const named = await page
      .locator('article')
      .evaluateAll((cards) => cards.map((card) => card.dataset['service']));
    expect(named.toSorted()).toEqual(SERVICES.toSorted());
    const links = await page
      .locator('article a')
      .evaluateAll((anchors) => anchors.map((anchor) => anchor.getAttribute('href')));
    const statuses = await Promise.all(links.map(async (link) => (await eventzr.call(link ?? '')).status));
    expect(new Set(statuses)).toEqual(new Set([200]));
  });

  it('fit a phone', async () => {
    const { page } = browser;
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  it('log in, and call a route with the token', async () => {
    const { page } = browser;
    await page.goto(`${eventzr.url}/wallet/v1/docs`);
    await page.getByRole('button', { name: 'Log in', exact: true }).click();
    await page.getByText('Logged in as dev@eventzr.com').waitFor();
    const { status, body } = await send('get', '/wallet/v1/wallets', 'wallets');
    expect(status).toBe(200);
    expect(body.data).toEqual(expect.arrayContaining([expect.objectContaining({ kind: 'user' })]));
  });

  it('offer a body that can be sent as it stands, in the next playground without another log-in', async () => {
    expect(await send('post', '/studio/v1/images/generate', 'images')).toMatchObject({ status: 202 });
  });

  it('call a job with the internal key', async () => {
    const enterKey = (form: Locator) =>
      form.getByRole('textbox', { name: 'Value' }).first().fill(eventzr.internalApiKey);
    const { status, body } = await send('post', '/wallet/v1/jobs/reconcile', 'jobs', enterKey);
    expect(status).toBe(200);
    expect(body.data).toMatchObject({ violations: [] });
  });
});
