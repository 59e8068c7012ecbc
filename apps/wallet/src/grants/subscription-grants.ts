import type { CloudEvent } from '@eventzr/events';
import { isUuid } from '@eventzr/config';
import { teamWalletId, transferIdOf, userWalletId } from '../wallets/wallet-ids.js';
import type { Issue } from './grants.repository.js';

/** What a paid period or a trial brings; undefined when the plan has no credits. */
export function grantOf(event: CloudEvent, source: 'plan' | 'trial'): Issue | undefined {
  const { data, subject: tenantId } = event;
  const amount = count(data, 'aiCredits');
  if (amount === 0) return undefined;
  const sourceId =
    source === 'plan'
      ? text(data, 'invoiceId')
      : (optionalText(data, 'trialId') ?? text(data, 'subscriptionId'));
  const team = data['actorType'] === 'team';
  const ownerId = team ? tenantId : uuid(data, 'actorId');
  return {
    tenantId,
    wallet: {
      id: team ? teamWalletId(tenantId) : userWalletId(tenantId, ownerId),
      kind: team ? 'team' : 'user',
      ownerId,
    },
    transferId: transferIdOf(tenantId, `${source}:${sourceId}`),
    kind: 'grant',
    amount,
    source,
    sourceId,
    // A plan's credits are for its period, so they are spent before credits that stay.
    priority: 50,
    promotional: source === 'trial',
    expiresAt: instant(data, source === 'plan' ? 'periodEnd' : 'trialEnd'),
    actor: 'subscriptions',
    description: `${optionalText(data, 'tier') ?? source} credits`,
  };
}

type Data = CloudEvent['data'];

function count(data: Data, field: string): number {
  const value = data[field] ?? 0;
  if (!Number.isSafeInteger(value) || Number(value) < 0)
    throw new TypeError(`${field} must be a whole number`);
  return Number(value);
}

function optionalText(data: Data, field: string): string | undefined {
  const value = data[field];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function text(data: Data, field: string): string {
  const value = optionalText(data, field);
  if (value === undefined) throw new TypeError(`${field} must be a text`);
  return value;
}

function uuid(data: Data, field: string): string {
  const value = data[field];
  if (!isUuid(value)) throw new TypeError(`${field} must be a UUID`);
  return value.toLowerCase();
}

function instant(data: Data, field: string): Date | undefined {
  const value = optionalText(data, field);
  if (value === undefined) return undefined;
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) throw new TypeError(`${field} must be an instant`);
  return date;
}
