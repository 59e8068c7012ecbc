import { basePathOf, type AnyServiceDefinition } from './service-definition.js';

/** The playground: a bar to log in with, and Scalar below it. Everything comes from this service. */
export function docsPage(definition: AnyServiceDefinition, embedded: boolean): string {
  const base = basePathOf(definition);
  const [email, password] = embedded ? ['dev@eventzr.com', 'Password123!'] : ['', ''];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(definition.title)}</title>
<link rel="icon" href="data:,">
<style>
body { margin: 0; font-family: system-ui, sans-serif; }
#login { display: flex; gap: .5rem; align-items: center; padding: .5rem 1rem; background: #10162f; color: #fff; flex-wrap: wrap; }
#login input { padding: .3rem .5rem; border: 1px solid #556; border-radius: 4px; background: #fff; color: #111; }
#login button { padding: .3rem .8rem; border: 0; border-radius: 4px; background: #4f7cff; color: #fff; cursor: pointer; }
</style>
</head>
<body>
<form id="login">
<strong>Log in to call every route</strong>
<input name="email" type="email" autocomplete="username" aria-label="E-mail" placeholder="e-mail" value="${email}" required>
<input name="password" type="password" autocomplete="current-password" aria-label="Password" placeholder="password" value="${password}" required>
<button>Log in</button>
<span role="status" id="login-state">POST /auth/v1/login</span>
</form>
<div id="reference"></div>
<script src="${base}/docs/scalar.js"></script>
<script src="${base}/docs/start.js"></script>
</body>
</html>
`;
}

/** Starts Scalar without anything that leaves this machine, and hands it the token of a log-in. */
export function startScript(basePath: string): string {
  return `const settings = {
  url: '${basePath}/openapi.json',
  withDefaultFonts: false,
  telemetry: false,
  hideClientButton: true,
  showDeveloperTools: 'never',
  agent: { disabled: true },
  mcp: { disabled: true },
  persistAuth: true,
};
const withToken = (token) => ({
  ...settings,
  authentication: { preferredSecurityScheme: 'bearer', securitySchemes: { bearer: { token } } },
});
let reference = window.Scalar.createApiReference('#reference', withToken(''));
const form = document.getElementById('login');
const state = document.getElementById('login-state');
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  state.textContent = 'Logging in ...';
  try {
    const response = await fetch('/auth/v1/login', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: form.email.value, password: form.password.value }),
    });
    const { data, error } = await response.json();
    if (data === null || !data.accessToken) throw new Error(error ? error.message : 'a second factor is needed');
    reference.updateConfiguration(withToken(data.accessToken));
    state.textContent = 'Logged in as ' + form.email.value + ': requests below carry the token.';
  } catch (error) {
    state.textContent = 'Log-in failed: ' + error.message;
  }
});
`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
