export { createCrm, type Crm } from './crm.ts';
export type { DefinedElements } from './instance/define-elements.ts';
export type { BackendCapabilities, Capabilities } from './instance/capabilities.ts';
export type { BackendDiagnosis, Diagnostics, DiagnosticsOptions } from './instance/diagnostics.ts';
export type { Finding, FindingCode } from './instance/finding.ts';
export type { ElementName } from './instance/element-table.ts';
export type { Appearance, AppearanceVariables, DesignTokens, Theme } from './instance/appearance.ts';
export type {
  BackendSource,
  CacheMode,
  CacheSettings,
  ChangeableOptions,
  CrmOptions,
  GetToken,
  Metric,
  SignedOut,
  SignOutOptions,
  TokenReason,
  UnsentWish,
} from './instance/options.ts';
export type { Backend, CrmInstance, CrmSettings, Density, FileAccess } from './frame/instance.ts';
export type {
  AuthErrorDetail,
  BeforeSaveDetail,
  CrmEvents,
  ErrorDetail,
  IdentityDetail,
  InstanceEvents,
  RecordDetail,
  RecordRef,
} from './frame/events.ts';
export type * from '../generated/elements.d.ts';
export type * from '../generated/dom.d.ts';
export type { ViewState } from './frame/view-state.ts';
export type { Message, Messages } from './i18n/catalogue.ts';
export { tokenFrom } from './instance/token-from.ts';
export { serveTokens } from './instance/token-port.ts';
// What one's own elements are made with.
export { CrmElement } from './frame/element.ts';
export { RecordController } from './data/record-controller.ts';
export { ListController } from './data/list-controller.ts';
export { save, type Saved } from './data/save.ts';
