import { Injectable } from '@nestjs/common';
import { AvatarProviders } from '../providers/avatar-providers.js';
import { PresenterPreviews } from '../providers/local/avatar/preview.js';
import type { PresenterView } from './avatars.dto.js';

/** Who can be asked to speak. */
@Injectable()
export class PresentersService {
  constructor(
    private readonly providers: AvatarProviders,
    private readonly previews: PresenterPreviews,
  ) {}

  list(): Promise<PresenterView[]> {
    return Promise.all(
      this.providers.presenters().map(async (presenter) => {
        const previewUrl = presenter.previewUrl ?? (await this.previews.of(presenter.id));
        return { ...presenter, ...(previewUrl === undefined ? {} : { previewUrl }) };
      }),
    );
  }
}
