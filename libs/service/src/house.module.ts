import { Global, Module, type DynamicModule, type Provider } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { CacheStore } from '@eventzr/cache';
import { Clock, HouseConfig } from '@eventzr/config';
import { TenantSource } from '@eventzr/db';
import {
  AppLogger,
  currentContext,
  HealthRegistry,
  RateLimitGuard,
  RateLimitParts,
  ServiceIdentity,
  TierLimits,
} from '@eventzr/http';
import { CacheHealth, DatabaseHealth } from './health-indicators.js';
import { DocumentsController } from './documents.controller.js';
import { HealthController } from './health.controller.js';
import { ServiceDocuments } from './service-documents.js';
import { SERVICE_DEFINITION, type AnyServiceDefinition } from './service-definition.js';

export interface HouseParts {
  readonly definition: AnyServiceDefinition;
  readonly config: HouseConfig;
  readonly clock: Clock;
  readonly logger: AppLogger;
  readonly cache: CacheStore;
  readonly version: string;
}

/** The tenant of whoever the current request speaks for. */
export class ContextTenantSource extends TenantSource {
  current(): string | undefined {
    return currentContext()?.principal?.tenantId;
  }
}

/** What every service has without asking: configuration, clock, log, cache, health, documents, limits. */
@Global()
@Module({})
export class HouseModule {
  static register(parts: HouseParts): DynamicModule {
    const providers = providersOf(parts);
    return {
      module: HouseModule,
      imports: [DiscoveryModule],
      controllers: [HealthController, DocumentsController],
      providers: [
        ...providers,
        RateLimitParts,
        RateLimitGuard,
        ServiceDocuments,
        DatabaseHealth,
        CacheHealth,
      ],
      exports: [...providers, RateLimitGuard, ServiceDocuments],
    };
  }
}

function providersOf({ definition, config, clock, logger, cache, version }: HouseParts): Provider[] {
  const identity: ServiceIdentity = { name: definition.name, title: definition.title, version };
  const limits: TierLimits = {
    BASE: config.rateLimitBasePerMinute,
    PRO: config.rateLimitProPerMinute,
    ENTERPRISE: config.rateLimitEnterprisePerMinute,
  };
  return [
    { provide: HouseConfig, useValue: config },
    { provide: definition.config, useValue: config },
    { provide: Clock, useValue: clock },
    { provide: AppLogger, useValue: logger },
    { provide: CacheStore, useValue: cache },
    { provide: ServiceIdentity, useValue: identity },
    { provide: TierLimits, useValue: limits },
    { provide: SERVICE_DEFINITION, useValue: definition },
    HealthRegistry,
  ];
}
