import { defineErrors } from '@eventzr/http';

/** `STUDIO_20xx`: assets and their copies in the vault. */
export const AssetErrors = defineErrors({
  ASSET_NOT_FOUND: { code: 'STUDIO_2000', http: 404, message: 'There is no asset with this id.' },
  ASSET_LINK_INVALID: { code: 'STUDIO_2001', http: 403, message: 'This link is not valid or has expired.' },
  VAULT_QUOTA_EXCEEDED: {
    code: 'STUDIO_2002',
    http: 403,
    message: "The file does not fit into the vault's storage of the plan.",
  },
  VAULT_TYPE_REFUSED: {
    code: 'STUDIO_2003',
    http: 415,
    message: 'The vault keeps pictures, films, sounds and PDF; this file is none of them.',
  },
  VAULT_FILE_TOO_LARGE: {
    code: 'STUDIO_2004',
    http: 413,
    message: 'The file is larger than the vault takes in one piece; download it from its contentUrl.',
  },
  VAULT_UNAVAILABLE: {
    code: 'STUDIO_2005',
    http: 503,
    message: 'The vault does not answer at the moment; asking again saves nothing twice.',
    logLevel: 'warn',
  },
  VAULT_FAILED: { code: 'STUDIO_2006', http: 502, message: 'The vault could not take the file.' },
});
