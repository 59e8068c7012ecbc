export { ArchitectureError, assertDescribed } from './architecture.js';
export { createService } from './create-service.js';
export { describeControllers, describeService, sampleConfig, VERSION } from './describe-service.js';
export { closeServer, CUT_AFTER_MS, openServer, type Address } from './http-server.js';
export { bufferedOutput } from './log-output.js';
export { runApi, runWorker } from './run.js';
export type { RunningService, ServiceOptions } from './running-service.js';
export {
  basePathOf,
  defineService,
  type AnyServiceDefinition,
  type ServiceDefinition,
} from './service-definition.js';
export { startFaultLine } from './start-fault.js';
