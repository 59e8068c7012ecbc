export * from './cloud-event.js';
export * from './event-handler.js';
export * from './event-relay.js';
export * from './event-transport.js';
export { EventsController } from './events.controller.js';
export * from './events.module.js';
export { Inbox, type Receipt } from './inbox.js';
export * from './outbox.js';
export * from './subscriptions.js';
