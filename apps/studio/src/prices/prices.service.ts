import { Injectable } from '@nestjs/common';
import { validated } from '@eventzr/http';
import { Credits, priceTable } from '@eventzr/wallet-client';
import { IMAGE_OPERATION } from '../images/image-input.js';
import { GenerateImageRequest } from '../images/images.dto.js';
import { ImagesService } from '../images/images.service.js';
import { StudioErrors } from '../studio.errors.js';
import type { Estimate, EstimateRequest, PriceView } from '@eventzr/wallet-client';

const MICROS_PER_USD = 1_000_000;

/** What an operation will take, before it is asked for. */
@Injectable()
export class PricesService {
  constructor(
    private readonly images: ImagesService,
    private readonly credits: Credits,
  ) {}

  list(): PriceView[] {
    return priceTable('studio').filter(({ operation }) => operation === IMAGE_OPERATION);
  }

  async estimate({ operation, request }: EstimateRequest): Promise<Estimate> {
    if (operation !== IMAGE_OPERATION) throw StudioErrors.UNKNOWN_OPERATION({ operation });
    const { credits, maxCostMicroUsd, provider, variants } = this.images.quote(
      validated(GenerateImageRequest, request),
    );
    const { wallet, sufficient } = await this.credits.quote(credits);
    const lines = Array.from({ length: variants }, (_, index) => ({
      item: `image ${index + 1} by ${provider}`,
      credits: credits / variants,
    }));
    return { credits, maxCostUsd: maxCostMicroUsd / MICROS_PER_USD, lines, wallet, sufficient };
  }
}
