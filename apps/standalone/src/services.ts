import type { ServiceName } from '@eventzr/config';
import type { AnyServiceDefinition } from '@eventzr/service';
import { aibrain } from '@eventzr/aibrain-svc/app';
import { auth } from '@eventzr/auth-svc/app';
import { llmOrch } from '@eventzr/llm-orch-svc/app';
import { studio } from '@eventzr/studio-svc/app';
import { subscriptions } from '@eventzr/subscriptions-svc/app';
import { vault } from '@eventzr/vault-svc/app';
import { wallet } from '@eventzr/wallet-svc/app';

/** In the order in which they are started: who is leaned on comes first. */
export const SERVICES: readonly AnyServiceDefinition[] = [
  auth,
  wallet,
  vault,
  subscriptions,
  llmOrch,
  studio,
  aibrain,
];

/** One sentence each, for the landing page. */
export const SUMMARIES: Readonly<Record<ServiceName, string>> = {
  auth: 'Accounts, tokens and the public keys that every other service verifies them with.',
  wallet: 'Credits: wallets, holds, captures and a double-entry ledger.',
  studio: 'Images and other media, made as render jobs and kept as assets.',
  aibrain: 'Orchestration: one prompt in, one planned answer out.',
  'llm-orch': 'The LLM gateway, with a cost ceiling that is never exceeded.',
  subscriptions: 'Plans, subscriptions and their renewals.',
  vault: 'Assets: kept, typed, quota-checked and served with ranges.',
};
