/** The type of every event that vault produces; transforms and graph nodes keep their documented short names. */
export const VAULT_EVENTS = [
  'eventzr.vault.asset.created.v1',
  'eventzr.vault.asset.updated.v1',
  'eventzr.vault.asset.deleted.v1',
  'transform.queued',
  'transform.completed',
  'transform.failed',
  'kg.node.created',
  'kg.node.updated',
  'kg.node.deleted',
  'kg.relationship.created',
  'kg.relationship.deleted',
] as const;

/** As documented, key by key. */
export interface AssetCreated {
  readonly asset_id: string;
  readonly tenantId: string;
  readonly filename: string;
  readonly mime_type: string;
  readonly size_bytes: number;
  readonly storage_key: string;
  readonly visibility: 'private' | 'tenant';
}

/** After a change of metadata or visibility. */
export type AssetUpdated = AssetCreated;

/** Gone for good; trash is not told of. */
export interface AssetDeleted {
  readonly asset_id: string;
  readonly tenantId: string;
  readonly storage_key: string;
  readonly size_bytes: number;
}
