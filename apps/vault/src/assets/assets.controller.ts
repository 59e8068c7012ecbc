import { Controller, Delete, Get, Post, Query } from '@nestjs/common';
import { Authenticated, CurrentUser, Signed } from '@eventzr/auth';
import { Group, HttpErrors, Multipart, type Principal, Route, UuidParam } from '@eventzr/http';
import { Write } from '@eventzr/idempotency';
import { VaultErrors } from '../vault.errors.js';
import {
  AssetView,
  ContentQuery,
  ListAssetsQuery,
  TrashedAssetView,
  UploadAssetFields,
} from './assets.dto.js';
import { AssetsService } from './assets.service.js';
import { ContentService } from './content.service.js';
import { LARGEST_SMALL_UPLOAD } from './media-types.js';
import { UploadsService, type UploadForm } from './uploads.service.js';

@Group('Assets', 'Files: stored, found, read in ranges, and put in the trash.')
@Controller('assets')
export class AssetsController {
  constructor(
    private readonly assets: AssetsService,
    private readonly uploads: UploadsService,
    private readonly content: ContentService,
  ) {}

  @Get()
  @Authenticated()
  @Route({
    summary: 'List assets',
    description:
      'What is shared with the tenant, and the caller’s own; admins see all. Go on by `cursor`, or by `page` up to 100.',
    answer: [AssetView],
    errors: [VaultErrors.INVALID_INPUT],
  })
  list(@Query() query: ListAssetsQuery, @CurrentUser() caller: Principal) {
    return this.assets.list(query, caller);
  }

  @Post()
  @Authenticated('organizer')
  @Write('operation')
  @Route({
    summary: 'Store a small file',
    description:
      'Its declared type, its content and its name must agree. Its space counts against the caller’s plan.',
    answer: AssetView,
    status: 201,
    // Studio saves a user's file here with that user's own token: the same rules, role and quota as from outside.
    bothPorts: true,
    multipart: {
      fields: UploadAssetFields,
      files: { file: { description: 'The file itself.', required: true } },
      maxFileBytes: LARGEST_SMALL_UPLOAD,
    },
    errors: [
      VaultErrors.INVALID_INPUT,
      VaultErrors.INVALID_MIME_TYPE,
      VaultErrors.INVALID_FILE_SIZE,
      VaultErrors.QUOTA_EXCEEDED,
      VaultErrors.NOT_FOUND,
      VaultErrors.STORAGE_UNAVAILABLE,
      HttpErrors.UNSUPPORTED_MEDIA_TYPE,
    ],
  })
  upload(@Multipart() form: UploadForm, @CurrentUser() caller: Principal) {
    return this.uploads.upload(form, caller);
  }

  @Get(':id')
  @Authenticated()
  @Route({
    summary: 'Read one asset',
    answer: AssetView,
    bothPorts: true,
    errors: [VaultErrors.NOT_FOUND, VaultErrors.PRIVATE_ASSET],
  })
  get(@UuidParam('id') id: string, @CurrentUser() caller: Principal) {
    return this.assets.get(id, caller);
  }

  @Get(':id/content')
  @Signed()
  @Route({
    summary: 'Read an asset’s bytes',
    description:
      'With a token, or by the signed link of `contentUrl`. Takes `Range`, `If-Range` and `If-None-Match`.',
    answer: 'binary',
    ranges: true,
    errors: [
      VaultErrors.UNAUTHORIZED,
      VaultErrors.FORBIDDEN,
      VaultErrors.PRIVATE_ASSET,
      VaultErrors.NOT_FOUND,
      VaultErrors.STORAGE_UNAVAILABLE,
    ],
  })
  read(@UuidParam('id') id: string, @Query() query: ContentQuery) {
    return this.content.open(id, query);
  }

  @Delete(':id')
  @Authenticated('admin')
  @Write('atomic')
  @Route({ summary: 'Move an asset to the trash', answer: TrashedAssetView, errors: [VaultErrors.NOT_FOUND] })
  trash(@UuidParam('id') id: string) {
    return this.assets.trash(id);
  }
}
