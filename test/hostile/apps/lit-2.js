// A host in Lit 2, which renders ours from its templates, and has elements and a context of its own on the page.
import { css, html, LitElement } from 'lit-2';
import { known } from './known.js';

const query = { where: { contact: known.contact }, sort: ['subject'] };
const values = { contact: known.contact, account: known.account };

class HostFrame extends LitElement {
  static styles = css`
    :host {
      display: block;
      padding: 8px;
      border: 1px solid silver;
    }
  `;

  constructor() {
    super();
    // Knows one context only, and is asked for others
    this.addEventListener('context-request', (event) => {
      if (event.context !== 'host-theme') return;
      event.stopPropagation();
      event.callback('plain');
    });
  }

  render() {
    return html`<slot></slot>`;
  }
}
customElements.define('host-frame', HostFrame);

class HostDesk extends LitElement {
  static properties = { opened: {} };

  constructor() {
    super();
    this.opened = 'nobody';
  }

  opens(event) {
    this.opened = event.detail.id;
  }

  createRenderRoot() {
    return this;
  }

  render() {
    return html`
      <output id="opened">${this.opened}</output>
      <host-frame>
        <crm-contact-card
          id="card"
          heading-level="2"
          .record=${known.contact}
          @crm-open=${this.opens}
        ></crm-contact-card>
        <crm-record-list
          id="history"
          module="tickets"
          label="History"
          columns="subject,status"
          .query=${query}
        ></crm-record-list>
      </host-frame>
      <crm-ticket-form id="form" fields="subject,description" attachments="off" .values=${values}></crm-ticket-form>
      <crm-pipeline-board id="board" pipeline="default"></crm-pipeline-board>
    `;
  }
}
customElements.define('host-desk', HostDesk);
