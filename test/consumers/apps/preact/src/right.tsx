import type { CrmIntrinsicElements } from '@tessera-crm/elements/jsx';

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements extends CrmIntrinsicElements {}
  }
}

export const right = (
  <crm-record-list module="contacts" query={{ where: {} }} oncrm-open={({ detail }) => detail.id}>
    <p slot="empty">Nobody</p>
  </crm-record-list>
);
