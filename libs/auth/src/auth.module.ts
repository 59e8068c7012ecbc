import {
  Global,
  Inject,
  Module,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { DiscoveryModule, DiscoveryService, MetadataScanner } from '@nestjs/core';
import { Clock, HouseConfig } from '@eventzr/config';
import { AppLogger, HealthRegistry, ServiceIdentity } from '@eventzr/http';
import { AccessGuard } from './access.guard.js';
import { AccessTokenStrategy } from './access-token.strategy.js';
import { FeedHealth } from './feed-health.js';
import { FeedSource, HttpFeedSource } from './feed-source.js';
import { KeyTable } from './key-table.js';
import { FEED_ELAPSED, RevocationFeed } from './revocation-feed.js';
import { RouteCensus } from './route-census.js';
import { InternalKeys, ServiceKeys } from './service-keys.js';
import { TokenVerifier } from './token-verifier.js';

/**
 * Who may call what. Needs `HouseConfig`, `Clock`, `AppLogger`, `ServiceIdentity` and `HealthRegistry` as global
 * providers. `AccessGuard` is registered as the first global guard by the house bootstrap.
 */
@Global()
@Module({
  imports: [DiscoveryModule],
  providers: [
    { provide: KeyTable, inject: [HouseConfig], useFactory: (config: HouseConfig) => new KeyTable(config) },
    {
      provide: FeedSource,
      inject: [HouseConfig, ServiceIdentity],
      useFactory: (
        { authInternalUrl: baseUrl, serviceKey }: HouseConfig,
        { name: service }: ServiceIdentity,
      ) => new HttpFeedSource({ baseUrl, service, serviceKey }),
    },
    {
      provide: RevocationFeed,
      inject: [FeedSource, KeyTable, AppLogger, { token: FEED_ELAPSED, optional: true }],
      useFactory: (source: FeedSource, keys: KeyTable, logger: AppLogger, elapsedMs?: () => number) =>
        new RevocationFeed(source, keys, { logger, ...(elapsedMs && { elapsedMs }) }),
    },
    {
      provide: AccessTokenStrategy,
      inject: [KeyTable, RevocationFeed, Clock],
      useFactory: (keys: KeyTable, feed: RevocationFeed, clock: Clock) =>
        new AccessTokenStrategy(keys, feed, clock),
    },
    {
      provide: TokenVerifier,
      inject: [AccessTokenStrategy, KeyTable, RevocationFeed, Clock],
      useFactory: (strategy: AccessTokenStrategy, keys: KeyTable, feed: RevocationFeed, clock: Clock) =>
        new TokenVerifier(strategy, keys, feed, clock),
    },
    {
      provide: AccessGuard,
      inject: [HouseConfig, ServiceIdentity, TokenVerifier, RevocationFeed],
      useFactory: (
        config: HouseConfig,
        identity: ServiceIdentity,
        verifier: TokenVerifier,
        feed: RevocationFeed,
      ) =>
        new AccessGuard({
          service: identity.name,
          verifier,
          feed,
          internalKeys: new InternalKeys([config.internalApiKey, config.internalApiKeyNext]),
          serviceKeys: new ServiceKeys(config.serviceKeyDigests),
        }),
    },
    {
      provide: RouteCensus,
      inject: [DiscoveryService, MetadataScanner],
      useFactory: (discovery: DiscoveryService, scanner: MetadataScanner) =>
        new RouteCensus(discovery, scanner),
    },
  ],
  exports: [AccessGuard, TokenVerifier, RevocationFeed, RouteCensus],
})
export class AuthModule implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    @Inject(RevocationFeed) private readonly feed: RevocationFeed,
    @Inject(HealthRegistry) private readonly health: HealthRegistry,
  ) {}

  onApplicationBootstrap(): void {
    this.health.add(new FeedHealth(this.feed));
    this.feed.start();
  }

  onApplicationShutdown(): void {
    this.feed.stop();
  }
}
