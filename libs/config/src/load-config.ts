import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import type { HouseConfig } from './house-config.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment does not allow a start; `message` has one line per fault, each saying what to set. */
export class ConfigError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`Configuration refused:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

/** `databaseUrl` -> `DATABASE_URL`, `jwtHs256Secret` -> `JWT_HS256_SECRET`. */
export function variableName(property: string): string {
  return property.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase();
}

/**
 * Reads a config class from an environment, once, at start.
 * @throws ConfigError naming every variable that is missing or wrong
 */
export function loadConfig<C extends HouseConfig>(configClass: new () => C, environment: Environment): C {
  const defaults = new configClass();
  const values: Record<string, unknown> = {};
  for (const [variable, value] of Object.entries(environment)) {
    if (value === undefined || value.trim() === '') continue;
    const property = propertyName(variable);
    values[property] = read(value, (defaults as unknown as Record<string, unknown>)[property]);
  }
  const config = plainToInstance(configClass, values, {
    enableImplicitConversion: true,
    exposeDefaultValues: true,
  });
  const faults = validateSync(config, { forbidUnknownValues: true }).flatMap(({ property, constraints }) =>
    Object.values(constraints ?? {}).map(
      (text) => `${variableName(property)} ${text.replace(`${property} `, '')}`,
    ),
  );
  faults.push(...config.faults());
  if (faults.length > 0) throw new ConfigError(faults);
  return Object.assign(defaults, config);
}

// `port = 8080` declares no type that could be read at run time: its default tells.
function read(value: string, byDefault: unknown): string | number {
  return typeof byDefault === 'number' && /^-?\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : value;
}

function propertyName(variable: string): string {
  return variable.toLowerCase().replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
