import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { type HeyGenDelivery, verifiedHeyGenEvent } from './heygen-webhook.js';

const secret = 'webhook-secret-of-specs';
const sign = (body: Buffer, key = secret): string => createHmac('sha256', key).update(body).digest('hex');

function delivery(event: object, changes: Partial<HeyGenDelivery> = {}): HeyGenDelivery {
  const body = Buffer.from(JSON.stringify(event));
  const headers = {
    'heygen-signature': sign(body),
    'heygen-timestamp': '1000',
    'heygen-event-id': 'event-1',
  };
  return { secret, headers, body, nowMs: 1_000_000, ...changes };
}
const success = {
  event_type: 'avatar_video.success',
  event_data: { video_id: 'video-1', callback_id: 'key-1' },
};

describe('verifiedHeyGenEvent', () => {
  it('reads a genuine event', () => {
    expect(verifiedHeyGenEvent(delivery(success))).toEqual({
      eventId: 'event-1',
      taskId: 'video-1',
      callbackId: 'key-1',
      outcome: 'succeeded',
    });
    expect(verifiedHeyGenEvent(delivery({ ...success, event_type: 'avatar_video.fail' }))?.outcome).toBe(
      'failed',
    );
  });

  it('takes the older header, without time and id, and gives duplicates one id', () => {
    const { body } = delivery(success);
    const old = delivery(success, { headers: { signature: sign(body) } });
    expect(verifiedHeyGenEvent(old)?.eventId).toBe('avatar_video.success:video-1');
  });

  it.each<[string, (genuine: HeyGenDelivery) => Partial<HeyGenDelivery>]>([
    [
      'another secret',
      ({ body, headers }) => ({ headers: { ...headers, 'heygen-signature': sign(body, 'x') } }),
    ],
    ['a changed body', () => ({ body: Buffer.from('{}') })],
    ['no signature', () => ({ headers: {} })],
    ['two signatures', ({ headers }) => ({ headers: { ...headers, 'heygen-signature': ['a', 'b'] } })],
    [
      'a signature that is no hexadecimal',
      ({ headers }) => ({ headers: { ...headers, 'heygen-signature': 'zz' } }),
    ],
    ['no secret of ours', () => ({ secret: '' })],
    ['an age of more than five minutes', () => ({ nowMs: 1_300_001 })],
    ['a time in the future', () => ({ nowMs: 699_999 })],
    ['a time that is none', ({ headers }) => ({ headers: { ...headers, 'heygen-timestamp': 'soon' } })],
  ])('refuses %s', (_name, change) => {
    const genuine = delivery(success);
    expect(verifiedHeyGenEvent({ ...genuine, ...change(genuine) })).toBeUndefined();
  });

  it.each([
    { event_type: 'avatar_video_gif.success', event_data: { video_id: 'v' } },
    { ...success, event_data: {} },
    [],
  ])('ignores %j', (event) => {
    expect(verifiedHeyGenEvent(delivery(event))).toBeUndefined();
  });
});
