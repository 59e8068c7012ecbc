import { Controller, Post } from '@nestjs/common';
import { Authenticated } from '@eventzr/auth';
import { Group, HttpErrors, Route, UuidParam } from '@eventzr/http';
import { Write } from '@eventzr/idempotency';
import { StudioErrors } from '../studio.errors.js';
import { VaultCopyView } from './vault-copies.dto.js';
import { VaultCopiesService } from './vault-copies.service.js';

@Group('Assets', 'The finished files and their bytes.')
@Controller('assets')
export class VaultCopiesController {
  constructor(private readonly copies: VaultCopiesService) {}

  @Post(':id/save-to-vault')
  @Authenticated()
  @Write('operation')
  @Route({
    summary: 'Save a file to the vault',
    description:
      "Copies the file into the caller's vault, under the vault's own rules: organizers and admins may store there, and its space counts against the plan. Asked again, it answers with the copy that is there, and makes a new one only when that was deleted.",
    answer: VaultCopyView,
    status: 201,
    errors: [
      StudioErrors.ASSET_NOT_FOUND,
      StudioErrors.VAULT_QUOTA_EXCEEDED,
      StudioErrors.VAULT_TYPE_REFUSED,
      StudioErrors.VAULT_FILE_TOO_LARGE,
      StudioErrors.VAULT_FAILED,
      StudioErrors.VAULT_UNAVAILABLE,
      HttpErrors.FORBIDDEN,
      HttpErrors.PROVIDER_NOT_CONFIGURED,
    ],
  })
  save(@UuidParam('id') id: string) {
    return this.copies.save(id);
  }
}
