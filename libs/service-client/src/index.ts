export { RemoteError, RemoteUnavailable, type RemoteFault, type UnavailableReason } from './remote-errors.js';
export type { ServiceCall } from './service-call.js';
export { ServiceClient } from './service-client.js';
export { ServiceClientModule } from './service-client.module.js';
export type { Upload } from './upload.js';
