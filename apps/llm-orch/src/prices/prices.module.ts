import { Module } from '@nestjs/common';
import { InferenceModule } from '../inference/inference.module.js';
import { PricesController } from './prices.controller.js';
import { PricesService } from './prices.service.js';

@Module({ imports: [InferenceModule], controllers: [PricesController], providers: [PricesService] })
export class PricesModule {}
