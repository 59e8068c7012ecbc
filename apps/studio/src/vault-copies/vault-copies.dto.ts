import { IsIn, IsInt, IsISO8601, IsString, IsUrl, Matches } from 'class-validator';
import { Describe, Example } from '@eventzr/http';

const UUID = /^[0-9a-f-]{36}$/;

/** A user's copy of an asset in the vault, as the vault knows it now. */
export class VaultCopyView {
  @Matches(UUID)
  @Example('0198c0de-7a11-7000-8000-0000000000a1')
  assetId!: string;

  @Matches(UUID)
  @Example('0198c0de-7a11-7000-8000-0000000000b2', 'See `GET /vault/v1/assets/{id}`.')
  vaultAssetId!: string;

  @IsString()
  @Example('0198c0de-7a11-7000-8000-0000000000a1.png')
  filename!: string;

  @IsString()
  @Example('image/png')
  mimeType!: string;

  @IsInt()
  @Example(412_345)
  sizeBytes!: number;

  @IsIn(['private', 'tenant'])
  @Example('private')
  visibility!: string;

  @IsUrl({ require_tld: false })
  @Describe("The vault's own link: opens without a header until it expires.")
  contentUrl!: string;

  @IsISO8601()
  createdAt!: string;
}
