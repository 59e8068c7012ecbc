// Lets the provider `openai` work through tasks of `pending-vendor.fake.ts`. Plain JavaScript, because processes that
// specs start load it beside the built service. For specs only.

/**
 * The methods of an image provider whose vendor answers with tasks.
 * @param {{ url: string, apiKey: string, recalls?: boolean }} vendor
 * @param {{ PendingTask: Function, ProviderFault: Function }} classes the service's own
 */
export function pendingMethods({ url, apiKey, recalls = false }, { PendingTask, ProviderFault }) {
  const fault = (kind, message, more = {}) =>
    new ProviderFault({ provider: 'openai', kind, message, ...more });

  async function call(method, path, { signal }, body) {
    const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
    const answer = await fetch(url + path, { method, headers, signal, body }).catch((cause) => {
      throw fault('unknown_outcome', 'no answer', { cause });
    });
    if (answer.ok) return answer.json();
    const retryAfterMs = Number(answer.headers.get('retry-after') ?? 0) * 1000 || undefined;
    const kind = answer.status === 429 ? 'rate_limited' : answer.status >= 500 ? 'unavailable' : 'rejected';
    throw fault(kind, `status ${answer.status}`, { status: answer.status, retryAfterMs });
  }

  const FAILURES = { moderated: 'moderated', broken: 'rejected', overloaded: 'unavailable' };

  return {
    async generate({ prompt, idempotencyKey: key }, work) {
      const { callbackUrl } = work;
      const { id } = await call('POST', '/tasks', work, JSON.stringify({ prompt, key, callbackUrl }));
      return new PendingTask(id, 5_000);
    },
    async poll(taskId, { width, height, seed }, work) {
      const answer = await call('GET', `/tasks/${taskId}`, work);
      if (answer.state === 'working') return new PendingTask(taskId, 5_000, answer.progress);
      if (answer.state === 'failed') throw fault(FAILURES[answer.reason], answer.reason, { status: 200 });
      const bytes = Buffer.from(answer.picture, 'base64');
      const made = { bytes, mimeType: 'image/png', width, height, seed, limits: [], subjects: [] };
      return { ...made, provider: 'openai', model: 'pending-1' };
    },
    async cancel(taskId, work) {
      return (await call('DELETE', `/tasks/${taskId}`, work)).outcome;
    },
    ...(recalls && {
      async recall({ idempotencyKey }, work) {
        const { id } = await call('GET', `/tasks?key=${idempotencyKey}`, work);
        return id === null ? undefined : new PendingTask(id, 5_000);
      },
    }),
  };
}
