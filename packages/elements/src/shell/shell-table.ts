// Written by `npm run generate` from custom-elements.json.
import type { ShellPlan } from './shell-names.ts';

export const shellTable = {
  conflicts: {
    set: 'headingLevel backend density loading',
    get: 'crm locale viewState',
    call: 'retry',
  },
  'contact-card': {
    set: 'record subject headingLevel backend density loading',
    get: 'crm locale viewState',
    call: 'retry',
  },
  'pipeline-board': {
    set: 'pipeline query readonly hideToolbar backend density loading',
    get: 'crm locale viewState',
    call: 'retry',
  },
  'record-list': {
    set: 'columns current label limit module more query registry search subject backend density loading',
    get: 'crm locale viewState',
    call: 'retry',
  },
  'sync-status': {
    set: 'quiet backend density loading',
    get: 'crm locale viewState',
    call: 'retry',
  },
  'ticket-form': {
    set: 'accept attachments draftKey fields headingLevel mirrorInputs name readonly required subject values backend density loading',
    get: 'crm locale viewState',
    call: 'submit retry',
    isForm: true,
  },
} as const satisfies Readonly<Record<string, ShellPlan>>;
