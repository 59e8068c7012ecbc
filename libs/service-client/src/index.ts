export { RemoteError, RemoteUnavailable, type RemoteFault, type UnavailableReason } from './remote-errors.js';
export { ServiceClient, type ServiceCall } from './service-client.js';
export { ServiceClientModule } from './service-client.module.js';
export type { Upload } from './upload.js';
