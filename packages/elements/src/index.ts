export { createCrm, type Crm } from './crm.ts';
export type { DefinedElements } from './instance/define-elements.ts';
export type { Diagnostics } from './instance/diagnostics.ts';
export type { ElementName } from './instance/element-table.ts';
export type { Appearance, AppearanceVariables, DesignTokens, Theme } from './instance/appearance.ts';
export type {
  BackendSource,
  CacheMode,
  ChangeableOptions,
  CrmOptions,
  GetToken,
  Metric,
  TokenReason,
} from './instance/options.ts';
export type { Backend, CrmInstance, CrmSettings, Density, FileAccess } from './frame/instance.ts';
export type { BeforeSaveDetail, CrmEvents, ErrorDetail, RecordDetail, RecordRef } from './frame/events.ts';
export type { ViewState } from './frame/view-state.ts';
export type { Message, Messages } from './i18n/catalogue.ts';
export { tokenFrom } from './instance/token-from.ts';
// What one's own elements are made with.
export { CrmElement } from './frame/element.ts';
export { RecordController } from './data/record-controller.ts';
export { ListController } from './data/list-controller.ts';
export { save, type Saved } from './data/save.ts';
