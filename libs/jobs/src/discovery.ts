import type { Type } from '@nestjs/common';
import type { DiscoveryService } from '@nestjs/core';

type AbstractType<T> = abstract new (...args: never[]) => T;

/** All providers of the application that extend `base`, each instance once. */
export function providersOf<T extends object>(
  discovery: DiscoveryService,
  base: AbstractType<T> | Type<T>,
): T[] {
  const found = new Set<T>();
  for (const { instance } of discovery.getProviders()) {
    if (instance instanceof base) found.add(instance);
  }
  return [...found];
}
