export { createClient, type Client, type ClientOptions, type LiveEvent } from './client.ts';
export { RemoteStore } from './remote-store.ts';
export type { ConnectionOptions, Fetch } from './transport.ts';
export type { GetToken, SessionToken, TokenReason } from './token-source.ts';
export type { ChangeOptions, HistoryVersion, ModuleClient, UpdateOptions } from './module-client.ts';
export type { FileLink, Files, UploadOptions, UploadProgress } from './files.ts';
export type { FollowOptions as FeedOptions } from '@tessera-crm/model/sync-door.js';
