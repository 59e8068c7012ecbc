import { Controller, Delete, Get, Headers, Query } from '@nestjs/common';
import { Authenticated, Signed } from '@eventzr/auth';
import { currentContext, Group, Route, UuidParam } from '@eventzr/http';
import { Write } from '@eventzr/idempotency';
import { StudioErrors } from '../studio.errors.js';
import { AssetView, ContentQuery, ListAssetsQuery } from './assets.dto.js';
import { AssetsService } from './assets.service.js';

@Group('Assets', 'The finished files and their bytes.')
@Controller('assets')
export class AssetsController {
  constructor(private readonly assets: AssetsService) {}

  @Get()
  @Authenticated()
  @Route({ summary: 'List finished files, newest first', answer: [AssetView] })
  list(@Query() query: ListAssetsQuery) {
    return this.assets.list(query);
  }

  @Get(':id')
  @Authenticated()
  @Route({
    summary: 'Get what is known about a file',
    answer: AssetView,
    errors: [StudioErrors.ASSET_NOT_FOUND],
  })
  get(@UuidParam('id') id: string) {
    return this.assets.get(id);
  }

  @Get(':id/content')
  @Signed()
  @Route({
    summary: 'Read a file',
    description: 'With a Bearer token, or through the signed `contentUrl` of the asset. Answers ranges.',
    answer: 'binary',
    ranges: true,
    contentTypes: ['image/*', 'video/*', 'audio/*', 'text/*', 'application/*'],
    errors: [StudioErrors.ASSET_NOT_FOUND, StudioErrors.ASSET_LINK_INVALID],
  })
  content(
    @UuidParam('id') id: string,
    @Query() query: ContentQuery,
    @Headers('range') range?: string,
    @Headers('if-none-match') ifNoneMatch?: string,
    @Headers('if-range') ifRange?: string,
  ) {
    const request = { range, ifNoneMatch, ifRange };
    return isSignedIn()
      ? this.assets.content(id, request)
      : this.assets.signedContent(id, query.sig, request);
  }

  @Get(':id/thumbnail')
  @Signed()
  @Route({
    summary: 'Read a small picture of a file',
    answer: 'binary',
    contentTypes: ['image/webp'],
    errors: [StudioErrors.ASSET_NOT_FOUND, StudioErrors.ASSET_LINK_INVALID],
  })
  thumbnail(@UuidParam('id') id: string, @Query() query: ContentQuery) {
    return isSignedIn() ? this.assets.thumbnail(id) : this.assets.signedThumbnail(id, query.sig);
  }

  @Delete(':id')
  @Authenticated()
  @Write('atomic')
  @Route({ summary: 'Delete a file', answer: AssetView, errors: [StudioErrors.ASSET_NOT_FOUND] })
  remove(@UuidParam('id') id: string) {
    return this.assets.remove(id);
  }
}

function isSignedIn(): boolean {
  return currentContext()?.principal !== undefined;
}
