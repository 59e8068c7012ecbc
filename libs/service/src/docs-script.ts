/**
 * Starts Scalar without anything that leaves this machine, and hands it the token of a log-in. The token is kept for
 * this tab only, so that one log-in serves the playgrounds of all services.
 */
export function startScript(basePath: string): string {
  return `const settings = {
  content: await loadDocument(),
  withDefaultFonts: false,
  telemetry: false,
  hideClientButton: true,
  showDeveloperTools: 'never',
  agent: { disabled: true },
  mcp: { disabled: true },
  persistAuth: false,
  defaultOpenAllTags: false,
  documentDownloadType: 'json',
};
const KEPT = 'eventzr-login';
const form = document.getElementById('login');
const state = document.getElementById('login-state');
let token = '';

async function loadDocument() {
  try {
    const response = await fetch('${basePath}/openapi.json');
    if (!response.ok) throw new Error('HTTP ' + response.status);
    return withOptionalChoices(await response.json());
  } catch (error) {
    document.querySelector('#reference .loading').textContent = 'The API document could not be loaded: ' + error.message;
    throw error;
  }
}

// Scalar would send the first choice or the example of every optional parameter: lists filtered by what nobody asked
// for. Here they are shown, and sent when ticked.
function withOptionalChoices(api) {
  const operations = Object.values(api.paths).flatMap((path) => Object.values(path));
  const shared = Object.values(api.components.parameters ?? {});
  for (const parameter of [...operations.flatMap(({ parameters }) => parameters), ...shared]) {
    const [value] = parameter.schema?.examples ?? parameter.schema?.enum ?? [];
    if (value !== undefined && !parameter.required) parameter.examples = { choice: { value, 'x-disabled': true } };
  }
  // What the first panel offers; each route names its own.
  if (api.components.securitySchemes?.bearer) api.security = [{ bearer: [] }];
  return api;
}

const withToken = () => ({
  ...settings,
  // No preferred scheme: each route then offers the one it asks for.
  authentication: { securitySchemes: { bearer: { token } } },
});
const say = (kind, text) => {
  state.dataset.kind = kind;
  state.textContent = text;
};
const claimsOf = (jwt) => JSON.parse(atob(jwt.split('.')[1].replaceAll('-', '+').replaceAll('_', '/')));

function kept() {
  try {
    const login = JSON.parse(sessionStorage.getItem(KEPT));
    return login && claimsOf(login.token).exp * 1000 > Date.now() ? login : undefined;
  } catch {
    return undefined;
  }
}

function announce() {
  const { email, exp, step_up: asking = [], amr = [] } = claimsOf(token);
  const needsCode = asking.includes(form.dataset.service) && !amr.includes('otp');
  askForCode(needsCode);
  if (needsCode) say('failed', 'Here ' + email + ' needs a second factor.');
  else say('done', 'Logged in as ' + email + ' until ' + new Date(exp * 1000).toTimeString().slice(0, 5));
}

function askForCode(wanted) {
  form.code.hidden = !wanted;
  form.code.required = wanted;
  form.code.value = '';
}

async function post(path, body, headers = {}) {
  const response = await fetch('/auth/v1/' + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const { data, error } = await response.json();
  if (error) throw new Error(error.message);
  return data;
}

let pending; // a log-in that waits for its second factor
function answer() {
  const code = form.code.value;
  const asked = !form.code.hidden && code !== '';
  if (asked && pending) return post('mfa/totp/verify', { mfaToken: pending, code });
  if (asked) return post('mfa/totp/verify', { code }, { authorization: 'Bearer ' + token });
  return post('login', { email: form.email.value, password: form.password.value });
}

form.addEventListener('input', (event) => {
  if (event.target !== form.code) askForCode(false);
});
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  say('busy', 'Logging in …');
  try {
    const data = await answer();
    pending = data.mfaToken;
    if (!data.accessToken) {
      askForCode(true);
      say('failed', 'This account asks for a second factor.');
      return;
    }
    token = data.accessToken;
    sessionStorage.setItem(KEPT, JSON.stringify({ email: form.email.value, token }));
    reference.updateConfiguration(withToken());
    announce();
  } catch (error) {
    say('failed', 'Log-in failed: ' + error.message);
  }
});

const before = kept();
if (before) {
  token = before.token;
  form.email.value = before.email;
}
document.getElementById('reference').replaceChildren(); // Scalar takes what it finds there for its own
const reference = window.Scalar.createApiReference('#reference', withToken());
if (before) announce();
`;
}
