import { createHash } from 'node:crypto';
import type { ServiceName } from '@eventzr/config';
import { STYLE } from './landing.style.js';
import { SCRIPT } from './landing.script.js';

/** One line of the table of accounts. */
export interface SeededAccount {
  readonly role: string;
  readonly email: string;
  readonly tenant: string;
  readonly note: string;
}

/** One card of the page. */
export interface ServiceCard {
  readonly name: ServiceName;
  readonly title: string;
  readonly summary: string;
}

export const SEEDED_ACCOUNTS: readonly SeededAccount[] = [
  {
    role: 'Developer',
    email: 'dev@eventzr.com',
    tenant: 'EventZR',
    note: 'subscriptions asks for a second factor',
  },
  { role: 'Admin', email: 'admin@eventzr.com', tenant: 'EventZR', note: 'platform admin' },
  { role: 'Organizer', email: 'organizer@eventzr.com', tenant: 'EventZR', note: 'may use the team wallet' },
  { role: 'User', email: 'user@eventzr.com', tenant: 'EventZR', note: 'BASE tier' },
  { role: 'Partner', email: 'partner@eventzr.com', tenant: 'EventZR', note: 'BASE tier' },
  { role: 'Admin', email: 'admin@startup.co', tenant: 'StartupCo', note: 'the other tenant' },
];

/** What the page needs: the HTML and the policy under which a browser may run it. */
export interface LandingPage {
  readonly html: string;
  readonly contentSecurityPolicy: string;
}

/** Renders the page that greets a browser at `/`. */
export function landingPage(services: readonly ServiceCard[], baseUrl: string): LandingPage {
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>EventZR AI platform</title>
<link rel="icon" href="${ICON}">
<style>${STYLE}</style>
</head>
<body>
<header>
<p class="eyebrow">EventZR</p>
<h1>The AI platform is running here.</h1>
<p class="lead">Seven services on one port. Each has a playground that can log in and call every route. <span id="overall" class="overall" role="status">Asking the services&hellip;</span></p>
</header>
<main>
<section class="cards" aria-label="Services">
${services.map(card).join('\n')}
</section>
<noscript><p>Without JavaScript this page cannot ask the services how they are.</p></noscript>
<section class="two">
<div>
<h2>Log in</h2>
<p>Every account has the password <code>Password123!</code>. Routes under <code>/jobs</code> ask for the internal key instead; <code>npm start</code> prints where it lies.</p>
<table><thead><tr><th>E-mail</th><th>Role</th><th>Tenant</th><th>Note</th></tr></thead>
<tbody>${SEEDED_ACCOUNTS.map(accountRow).join('')}</tbody></table>
</div>
<div>
<h2>First call</h2>
<pre>${escapeHtml(firstCall(baseUrl))}</pre>
</div>
</section>
</main>
<script>${SCRIPT}</script>
</body>
</html>`;
  return { html, contentSecurityPolicy: policy() };
}

const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http%3A%2F%2Fwww.w3.org%2F2000%2Fsvg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='4' fill='%235b3df5'/%3E%3Cpath d='M5 4h6v2H7v1h3v2H7v1h4v2H5z' fill='%23fff'/%3E%3C/svg%3E";

function card({ name, title, summary }: ServiceCard): string {
  const base = `/${name}/v1`;
  return `<article data-service="${name}"><div class="top"><h3>${escapeHtml(title.replace(/^EventZR /, ''))}</h3><span class="state" data-state="unknown">&hellip;</span></div>
<p>${escapeHtml(summary)}</p>
<p class="links"><a class="first" href="${base}/docs">Playground</a><a href="${base}/openapi.json">OpenAPI</a><a href="${base}/health/ready">Health</a></p></article>`;
}

function accountRow({ role, email, tenant, note }: SeededAccount): string {
  return `<tr>${[email, role, tenant, note].map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`;
}

function firstCall(baseUrl: string): string {
  return `curl -X POST ${baseUrl}/auth/v1/login \\
  -H "Content-Type: application/json" \\
  -d '{ "email": "dev@eventzr.com",
        "password": "Password123!" }'

export TOKEN="<accessToken from the answer>"

curl -X POST ${baseUrl}/studio/v1/images/generate \\
  -H "Authorization: Bearer $TOKEN" \\
  -H "Content-Type: application/json" \\
  -H "Prefer: wait=20" \\
  -d '{ "prompt": "A vibrant tech conference poster" }'`;
}

function policy(): string {
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  return `default-src 'none'; style-src ${hash(STYLE)}; script-src ${hash(SCRIPT)}; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
