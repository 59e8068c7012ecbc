import { basePathOf, type AnyServiceDefinition } from './service-definition.js';

const FIRST_ACCOUNT = 'dev@eventzr.com';
const OTHER_ACCOUNTS = [
  'admin@eventzr.com',
  'organizer@eventzr.com',
  'user@eventzr.com',
  'partner@eventzr.com',
  'admin@startup.co',
];

const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http%3A%2F%2Fwww.w3.org%2F2000%2Fsvg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='4' fill='%235b3df5'/%3E%3Cpath d='M5 4h6v2H7v1h3v2H7v1h4v2H5z' fill='%23fff'/%3E%3C/svg%3E";

// `--scalar-custom-header-height` tells Scalar how much of the top is ours.
const STYLE = `
:root { --scalar-custom-header-height: 52px; }
body { margin: 0; font: 14px/1.4 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; background: #fff; }
#login { position: sticky; top: 0; z-index: 50; box-sizing: border-box; height: 52px; display: flex; gap: 8px; align-items: center; padding: 0 16px; background: #17142a; color: #fff; white-space: nowrap; }
#login strong { margin-right: 8px; }
#login a { color: #c3b8ff; font-weight: 600; text-decoration: none; }
#login a:hover { text-decoration: underline; }
#login input { box-sizing: border-box; min-width: 0; width: 212px; height: 32px; padding: 0 10px; border: 1px solid #575175; border-radius: 6px; background: #fff; color: #17142a; font: inherit; }
#login input[name=password] { width: 130px; }
#login input[name=code] { width: 110px; }
#login button { height: 32px; padding: 0 14px; border: 0; border-radius: 6px; background: #6d51ff; color: #fff; font: inherit; font-weight: 600; cursor: pointer; }
#login button:hover { background: #7f66ff; }
#login :focus-visible { outline: 2px solid #c3b8ff; outline-offset: 2px; }
#login-state { overflow: hidden; text-overflow: ellipsis; color: #cfcbe0; }
#login-state[data-kind=done] { color: #8ff0c0; }
#login-state[data-kind=failed] { color: #ffb4ad; }
#login [hidden] { display: none; }
.loading { margin: 20vh 24px; text-align: center; color: #6b6780; }
@media (prefers-color-scheme: dark) { body { background: #0f0f0f; } .loading { color: #b7b2ca; } }
@media (max-width: 1000px) {
  :root { --scalar-custom-header-height: 84px; }
  #login { height: 84px; flex-wrap: wrap; align-content: center; gap: 6px 8px; }
  #login strong { display: none; }
  #login input { flex: 1 1 90px; }
  #login input { padding: 0 8px; }
  #login input[name=email] { flex-grow: 3; }
  #login input[name=password] { flex: 0 1 72px; }
  #login-state { flex: 1 0 100%; order: 1; }
}`;

/** The playground: a bar to log in with, and Scalar below it. Everything comes from this service. */
export function docsPage(definition: AnyServiceDefinition, embedded: boolean, bundle: string): string {
  const base = basePathOf(definition);
  const account = definition.playgroundAccount ?? FIRST_ACCOUNT;
  const [email, password] = embedded ? [account, 'Password123!'] : ['', ''];
  const accounts = [FIRST_ACCOUNT, ...OTHER_ACCOUNTS].map((address) => `<option value="${address}">`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(definition.title)} playground</title>
<link rel="icon" href="${ICON}">
<link rel="preload" as="fetch" href="${base}/openapi.json" crossorigin>
<style>${STYLE}</style>
</head>
<body>
<form id="login" data-service="${definition.name}">
${embedded ? '<a href="/" title="All services">EventZR</a>' : ''}
<strong>Log in to call every route</strong>
<input name="email" type="email" autocomplete="username" aria-label="E-mail" placeholder="e-mail" value="${email}"${embedded ? ' list="accounts"' : ''} required>
<input name="password" type="password" autocomplete="current-password" aria-label="Password" placeholder="password" value="${password}" required>
<input name="code" inputmode="numeric" autocomplete="one-time-code" pattern="[0-9]{6}" aria-label="Second factor" placeholder="6-digit code" hidden>
<button>Log in</button>
<span role="status" id="login-state"></span>
${embedded ? `<datalist id="accounts">${accounts.join('')}</datalist>` : ''}
</form>
<div id="reference"><p class="loading">Loading the playground &hellip;</p></div>
<noscript><p class="loading">The playground needs JavaScript; <a href="${base}/openapi.json">openapi.json</a> does not.</p></noscript>
<script src="${base}/docs/scalar.js?v=${encodeURIComponent(bundle)}"></script>
<script type="module" src="${base}/docs/start.js"></script>
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
