import { ConfigError } from '@eventzr/config';

/** One line that says why a start failed and what to do about it. */
export function startFaultLine(name: string, error: unknown): string {
  return `${name} cannot start: ${reasonOf(error)}\n`;
}

function reasonOf(error: unknown): string {
  if (error instanceof ConfigError) return `set these variables right: ${error.faults.join('; ')}`;
  if (!(error instanceof Error)) return String(error);
  const { code, port, address } = error as { code?: string; port?: number; address?: string };
  if (code === 'EADDRINUSE')
    return `port ${port} is taken: stop what listens there, or set PORT and INTERNAL_PORT to free ones`;
  if (code === 'EACCES' && port !== undefined)
    return `port ${port} needs privileges: set PORT to one above 1023`;
  if (code === 'EADDRNOTAVAIL') return `this machine has no address ${address}: set HOST and INTERNAL_HOST`;
  return error.message.split('\n').join(' ');
}
