// Written by `tessera-elements` from custom-elements.json; what is changed here is lost.
import { reactElement } from '@tessera-crm/elements/frameworks/react-element.js';

export const CrmConflicts = /* @__PURE__ */ reactElement('crm-conflicts', {
  properties: {
    headingLevel: { attribute: 'heading-level', start: 3 },
    backend: { attribute: 'backend' },
    density: { attribute: 'density' },
    loading: { attribute: 'loading' },
  },
  events: {
    onCrmReady: 'crm-ready',
    onCrmOpen: 'crm-open',
    onCrmBeforeSave: 'crm-before-save',
    onCrmSave: 'crm-save',
    onCrmConflict: 'crm-conflict',
    onCrmError: 'crm-error',
    onCrmLoadError: 'crm-load-error',
    onCrmOffline: 'crm-offline',
    onCrmOnline: 'crm-online',
  },
});

export const CrmContactCard = /* @__PURE__ */ reactElement('crm-contact-card', {
  properties: {
    record: { attribute: 'record' },
    subject: { attribute: 'subject' },
    headingLevel: { attribute: 'heading-level', start: 3 },
    backend: { attribute: 'backend' },
    density: { attribute: 'density' },
    loading: { attribute: 'loading' },
  },
  events: {
    onCrmReady: 'crm-ready',
    onCrmOpen: 'crm-open',
    onCrmLoadError: 'crm-load-error',
    onCrmError: 'crm-error',
    onCrmOffline: 'crm-offline',
    onCrmOnline: 'crm-online',
  },
});

export const CrmPipelineBoard = /* @__PURE__ */ reactElement('crm-pipeline-board', {
  properties: {
    pipeline: { attribute: 'pipeline', start: 'default' },
    query: { attribute: 'query' },
    readonly: { attribute: 'readonly', start: false },
    hideToolbar: { attribute: 'hide-toolbar', start: false },
    backend: { attribute: 'backend' },
    density: { attribute: 'density' },
    loading: { attribute: 'loading' },
  },
  events: {
    onCrmReady: 'crm-ready',
    onCrmOpen: 'crm-open',
    onCrmBeforeSave: 'crm-before-save',
    onCrmSave: 'crm-save',
    onCrmChange: 'crm-change',
    onCrmConflict: 'crm-conflict',
    onCrmError: 'crm-error',
    onCrmLoadError: 'crm-load-error',
    onCrmOffline: 'crm-offline',
    onCrmOnline: 'crm-online',
  },
});

export const CrmProvider = /* @__PURE__ */ reactElement('crm-provider', {
  properties: {
    crm: {},
    backend: { attribute: 'backend' },
    tokenUrl: { attribute: 'token-url' },
    identity: { attribute: 'identity' },
    locale: { attribute: 'locale' },
    timeZone: { attribute: 'time-zone' },
    currency: { attribute: 'currency' },
    theme: { attribute: 'theme' },
    isolation: { attribute: 'isolation' },
    density: { attribute: 'density' },
  },
  events: {},
});

export const CrmRecordList = /* @__PURE__ */ reactElement('crm-record-list', {
  properties: {
    columns: { attribute: 'columns' },
    current: { attribute: 'current' },
    label: { attribute: 'label' },
    limit: { attribute: 'limit', start: 50 },
    module: { attribute: 'module', start: '' },
    more: { attribute: 'more' },
    query: { attribute: 'query' },
    registry: {},
    search: { attribute: 'search', start: false },
    subject: { attribute: 'subject' },
    backend: { attribute: 'backend' },
    density: { attribute: 'density' },
    loading: { attribute: 'loading' },
  },
  events: {
    onCrmReady: 'crm-ready',
    onCrmOpen: 'crm-open',
    onCrmLoadError: 'crm-load-error',
    onCrmOffline: 'crm-offline',
    onCrmOnline: 'crm-online',
    onCrmError: 'crm-error',
  },
});

export const CrmSyncStatus = /* @__PURE__ */ reactElement('crm-sync-status', {
  properties: {
    quiet: { attribute: 'quiet', start: false },
    backend: { attribute: 'backend' },
    density: { attribute: 'density' },
    loading: { attribute: 'loading' },
  },
  events: {
    onCrmReady: 'crm-ready',
    onCrmReview: 'crm-review',
    onCrmError: 'crm-error',
    onCrmOffline: 'crm-offline',
    onCrmOnline: 'crm-online',
  },
});

export const CrmTicketForm = /* @__PURE__ */ reactElement('crm-ticket-form', {
  properties: {
    accept: { attribute: 'accept' },
    attachments: { attribute: 'attachments' },
    draftKey: { attribute: 'draft-key' },
    fields: { attribute: 'fields', start: 'subject,category,priority,description' },
    headingLevel: { attribute: 'heading-level', start: 2 },
    mirrorInputs: { attribute: 'mirror-inputs', start: false },
    name: { attribute: 'name', start: null },
    readonly: { attribute: 'readonly', start: false },
    required: { attribute: 'required', start: false },
    subject: { attribute: 'subject' },
    values: { attribute: 'values', start: {} },
    backend: { attribute: 'backend' },
    density: { attribute: 'density' },
    loading: { attribute: 'loading' },
  },
  events: {
    onCrmBeforeSave: 'crm-before-save',
    onCrmSave: 'crm-save',
    onCrmChange: 'crm-change',
    onCrmError: 'crm-error',
    onCrmReady: 'crm-ready',
    onCrmOffline: 'crm-offline',
    onCrmOnline: 'crm-online',
  },
});
