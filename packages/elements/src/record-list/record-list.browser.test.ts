import { update } from '@tessera-crm/model/change.js';
import { CrmError } from '@tessera-crm/model/errors.js';
import { Registry } from '@tessera-crm/model/registry.js';
import type { Store } from '@tessera-crm/model/store.js';
import { expect, fixture, html, oneEvent, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { testInstance, type TestInstance } from '../test-support/instance.ts';
import { idOf, registry } from '../test-support/people.ts';
import { accountStore } from '../test-support/sample-accounts.ts';
import { switchStore } from '../test-support/switch-store.ts';
import { RecordList } from './record-list.ts';

RecordList.define();

/** Code is fetched file by file here, on a busy machine. */
const patience = { timeout: 8_000 };

describe('the record list', () => {
  let crm: TestInstance | undefined;
  afterEach(() => {
    crm?.remove();
    crm = undefined;
  });

  const start = (store: Store, settings = {}): void => {
    crm = testInstance({ store, registry, ...settings });
  };
  const rows = (element: Element) => [...element.shadowRoot!.querySelectorAll<HTMLElement>('[data-id]')];
  const cells = (row: HTMLElement): readonly string[] =>
    [...row.querySelectorAll('td')].map((one) => one.textContent!.trim());
  const shows = (element: Element, count: number): Promise<void> =>
    waitUntil(() => rows(element).length === count, `${count} rows`, patience);
  const head = (element: Element, label: string): HTMLElement =>
    [...element.shadowRoot!.querySelectorAll('th')].find((one) => one.textContent!.trim() === label)!;
  const first = (element: Element): string => cells(rows(element)[0]!)[0]!;
  const search = (element: Element): HTMLInputElement => element.shadowRoot!.querySelector('input')!;
  const list = (
    template = html`<crm-record-list lang="en" module="accounts"></crm-record-list>`,
  ): Promise<RecordList> => fixture<RecordList>(template);
  const columns = 'name,lifecycle,parent,revenueTotal,owner,updatedAt';

  it('shows what records hold as people write it: options, links by their titles, amounts, dates', async () => {
    start(accountStore(3));
    const element = await list(
      html`<crm-record-list
        lang="en"
        module="accounts"
        columns=${columns}
        .query=${{ sort: ['updatedAt'] }}
      ></crm-record-list>`,
    );
    await shows(element, 3);
    await waitUntil(() => cells(rows(element)[1]!)[4] === 'Anna Bianchi');
    expect(cells(rows(element)[1]!)).to.deep.equal([
      'Brambilla & Figli',
      'Prospect',
      'Rossi Impianti Srl',
      '€7,919.50',
      'Anna Bianchi',
      'Jan 11, 2026, 9:30 AM',
    ]);
    expect(head(element, 'Revenue').classList.contains('figure')).to.equal(true);
  });

  it('speaks the language of the page', async () => {
    start(accountStore(3));
    const element = await list(
      html`<crm-record-list
        lang="it"
        module="accounts"
        columns=${columns}
        .query=${{ sort: ['updatedAt'] }}
      ></crm-record-list>`,
    );
    await shows(element, 3);
    expect(cells(rows(element)[1]!).slice(3, 4)).to.deep.equal(['7.919,50\u00a0€']);
    expect(head(element, 'Nome')).to.not.equal(undefined);
  });

  it('shows the columns of the module unless told', async () => {
    start(accountStore(1));
    const element = await list();
    await shows(element, 1);
    expect(element.shadowRoot!.querySelectorAll('th').length).to.equal(registry.get('accounts').list.length);
  });

  it('sorts by a head, and says how to readers', async () => {
    start(accountStore(10));
    const element = await list(
      html`<crm-record-list
        lang="en"
        module="accounts"
        columns=${columns}
        .query=${{ sort: ['-updatedAt'] }}
      ></crm-record-list>`,
    );
    await shows(element, 10);
    expect(head(element, 'Changed').getAttribute('aria-sort')).to.equal('descending');
    head(element, 'Revenue').querySelector('button')!.focus();
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => first(element) === 'Rossi Impianti Srl');
    expect(head(element, 'Revenue').getAttribute('aria-sort')).to.equal('ascending');
    expect(head(element, 'Changed').hasAttribute('aria-sort')).to.equal(false);
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => first(element) === 'Zanetti Trasporti');
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => head(element, 'Changed').getAttribute('aria-sort') === 'descending');
  });

  it('has no bar above the rows until there is something in it', async () => {
    start(accountStore(3));
    const element = await list();
    await shows(element, 3);
    const bar = element.shadowRoot!.querySelector<HTMLElement>('.bar')!;
    expect(bar.offsetHeight).to.equal(0);
    const button = document.createElement('button');
    button.slot = 'actions';
    button.textContent = 'New';
    element.append(button);
    await waitUntil(() => bar.offsetHeight > 0);
  });

  it('searches while one types, and keeps the box when nothing is found', async () => {
    start(accountStore(10));
    const element = await list(html`<crm-record-list lang="en" module="accounts" search></crm-record-list>`);
    await shows(element, 10);
    search(element).focus();
    await sendKeys({ type: 'brambilla' });
    await shows(element, 1);
    expect(element.shadowRoot!.querySelector('.count')!.textContent!.trim()).to.equal('1 record');
    await sendKeys({ type: 'zzz' });
    await waitUntil(() => element.shadowRoot!.querySelector('.message')?.textContent?.includes('brambillazzz'));
    expect(element.shadowRoot!.activeElement).to.equal(search(element));
    await expect(element).to.be.accessible();
    element.shadowRoot!.querySelector<HTMLElement>('.search button')!.click();
    await shows(element, 10);
  });

  it('keeps the rows in sight until the answer to another question comes', async () => {
    const store = switchStore(accountStore(10));
    start(store);
    const element = await list(
      html`<crm-record-list lang="en" module="accounts" columns=${columns}></crm-record-list>`,
    );
    await shows(element, 10);
    let answer = (): void => {};
    store.wait(new Promise<void>((resolve) => (answer = resolve)));
    head(element, 'Name').querySelector('button')!.click();
    await element.updateComplete;
    expect(rows(element).length).to.equal(10);
    expect(element.shadowRoot!.querySelector('.box')!.getAttribute('aria-busy')).to.equal('true');
    answer();
    await waitUntil(() => element.shadowRoot!.querySelector('.box')!.getAttribute('aria-busy') === 'false');
  });

  it('opens a record by its row, its link or the keyboard, and marks it', async () => {
    start(accountStore(3));
    const element = await list();
    await shows(element, 3);
    setTimeout(() => rows(element)[1]!.querySelectorAll('td')[1]!.click());
    const opened = (await oneEvent(element, 'crm-open')) as CustomEvent<{
      module: string;
      id: string;
      record(): { id: string };
    }>;
    expect(opened.detail).to.include({ module: 'accounts', id: rows(element)[1]!.dataset['id'] });
    expect(opened.detail.record().id).to.equal(opened.detail.id);
    await element.updateComplete;
    expect(rows(element)[1]!.getAttribute('aria-current')).to.equal('true');
    rows(element)[0]!.querySelector('button')!.focus();
    await sendKeys({ press: 'ArrowDown' });
    await sendKeys({ press: 'ArrowDown' });
    setTimeout(() => void sendKeys({ press: 'Enter' }));
    const second = (await oneEvent(element, 'crm-open')) as CustomEvent<{ id: string }>;
    expect(second.detail.id).to.equal(rows(element)[2]!.dataset['id']);
  });

  it('leads to records by real anchors where the page knows their place, and runs no other', async () => {
    start(accountStore(2), {
      links: ({ id }: { id: string }) => (id === idOf(1) ? `#/accounts/${id}` : 'javascript:alert(1)'),
    });
    const element = await list(
      html`<crm-record-list lang="en" module="accounts" .query=${{ sort: ['updatedAt'] }}></crm-record-list>`,
    );
    await shows(element, 2);
    expect(rows(element)[0]!.querySelector('a')!.getAttribute('href')).to.equal(`#/accounts/${idOf(1)}`);
    expect(rows(element)[1]!.querySelector('a, button')).to.equal(null);
  });

  it('loads page after page by a button', async () => {
    start(accountStore(25));
    const element = await list(html`<crm-record-list lang="en" module="accounts" limit="10"></crm-record-list>`);
    await shows(element, 10);
    for (const count of [20, 25]) {
      element.shadowRoot!.querySelector<HTMLElement>('[part=more]')!.click();
      await shows(element, count);
    }
    expect(element.shadowRoot!.querySelector('[part=more]')).to.equal(null);
  });

  it('loads more by itself near the end where that is wanted', async () => {
    start(accountStore(25));
    const element = await list(
      html`<crm-record-list lang="en" module="accounts" limit="10" more="scroll"></crm-record-list>`,
    );
    await shows(element, 25);
  });

  it('holds few rows of a long list in the page, and the right ones after scrolling', async () => {
    start(accountStore(1000));
    const element = await list(
      html`<crm-record-list
        lang="en"
        module="accounts"
        limit="200"
        columns="name,updatedAt"
        .query=${{ sort: ['updatedAt'] }}
      ></crm-record-list>`,
    );
    element.style.blockSize = '400px';
    await shows(element, 200);
    for (let page = 0; page < 4; page++) {
      const more = element.shadowRoot!.querySelector<HTMLElement>('[part=more]')!;
      more.click();
      const total = String((page + 2) * 200 + 1);
      await waitUntil(() => element.shadowRoot!.querySelector('table')!.getAttribute('aria-rowcount') === total);
    }
    await waitUntil(() => rows(element).length < 60);
    const box = element.shadowRoot!.querySelector('.box')!;
    const height = box.scrollHeight;
    box.scrollTop = 18_000;
    await waitUntil(() => Number(rows(element)[0]?.getAttribute('aria-rowindex')) > 400);
    const seen = rows(element).filter((row) => {
      const { top, bottom } = row.getBoundingClientRect();
      const around = box.getBoundingClientRect();
      return bottom > around.top && top < around.bottom;
    });
    const reach = seen.at(-1)!.getBoundingClientRect().bottom - seen[0]!.getBoundingClientRect().top;
    expect(reach).to.be.greaterThan(350);
    expect(rows(element).length).to.be.lessThan(60);
    expect(Math.abs(box.scrollHeight - height)).to.be.lessThan(2);
  });

  it('follows changes', async () => {
    const store = accountStore(3);
    start(store);
    const element = await list(
      html`<crm-record-list lang="en" module="accounts" .query=${{ sort: ['createdAt'] }}></crm-record-list>`,
    );
    await shows(element, 3);
    await store.apply([update('accounts', idOf(1) as never, { name: 'Rossi Group' })]);
    await waitUntil(() => first(element) === 'Rossi Group');
  });

  it('shows hostile names as text, in rows and in cards', async () => {
    start(accountStore(10));
    const element = await list(
      html`<crm-record-list
        lang="en"
        module="accounts"
        .query=${{ where: { name: { starts: '<' } } }}
      ></crm-record-list>`,
    );
    await shows(element, 1);
    expect(first(element)).to.equal('<img src=x onerror=alert(1)>');
    element.style.inlineSize = '320px';
    await waitUntil(() => element.shadowRoot!.querySelector('.cards'));
    expect(element.shadowRoot!.querySelector('.main')!.textContent!.trim()).to.equal('<img src=x onerror=alert(1)>');
    expect(element.shadowRoot!.querySelector('img')).to.equal(null);
  });

  it('shows an error, not everything, where its query cannot be read', async () => {
    start(accountStore(10));
    for (const query of ['[object Object]', '{"where":', '[]']) {
      const element = await list(html`<crm-record-list lang="en" module="accounts" query=${query}></crm-record-list>`);
      await waitUntil(() => element.matches(':state(error)'), query, patience);
      expect(element.failure?.code).to.equal('validation');
      expect(rows(element)).to.deep.equal([]);
    }
  });

  it('becomes cards where it is narrow, without a bar to scroll sideways', async () => {
    start(accountStore(10));
    const around = await fixture<HTMLElement>(
      html`<div><crm-record-list lang="en" module="accounts" search></crm-record-list></div>`,
    );
    around.style.inlineSize = '320px';
    const element = around.firstElementChild as RecordList;
    await shows(element, 10);
    await waitUntil(() => element.shadowRoot!.querySelector('.cards'));
    const box = element.shadowRoot!.querySelector('.box')!;
    expect(box.scrollWidth).to.be.at.most(box.clientWidth);
    await expect(element).to.be.accessible();
  });

  for (const locale of ['en', 'it']) {
    it(`can be used by everybody, in ${locale}`, async () => {
      start(accountStore(10));
      const element = await list(
        html`<crm-record-list lang=${locale} module="accounts" search columns=${`${columns},tags`}></crm-record-list>`,
      );
      await shows(element, 10);
      await expect(element).to.be.accessible();
    });
  }

  it('says why there is nothing to see', async () => {
    const store = switchStore(accountStore(0));
    start(store);
    const element = await list();
    await waitUntil(() => element.matches(':state(empty)'));
    await expect(element).to.be.accessible();
    store.fail(new CrmError('forbidden', 'no'));
    await waitUntil(() => element.matches(':state(forbidden)'));
    store.fail(new CrmError('internal', 'no'));
    await waitUntil(() => !element.matches(':state(forbidden)'));
    const unknown = await list(html`<crm-record-list lang="en" module="spaceships"></crm-record-list>`);
    await waitUntil(() => unknown.matches(':state(forbidden)'));
    const broken = await list(html`<crm-record-list lang="en" module="accounts"></crm-record-list>`);
    await waitUntil(() => broken.matches(':state(error)'));
    store.fail(null);
    broken.shadowRoot!.querySelector<HTMLElement>('[part=retry]')!.click();
    await waitUntil(() => broken.matches(':state(empty)'));
  });

  it('keeps rows in sight while the network is gone', async () => {
    const store = switchStore(accountStore(3));
    start(store);
    const element = await list();
    await shows(element, 3);
    store.fail(new CrmError('network', 'gone'));
    await waitUntil(() => element.matches(':state(offline)'));
    expect(rows(element).length).to.equal(3);
    store.fail(null);
    await waitUntil(() => element.matches(':state(ready)'));
  });

  it('takes definitions of the page itself', async () => {
    crm = testInstance({ store: accountStore(2), registry: new Registry([]) });
    const element = await list(
      html`<crm-record-list lang="en" module="accounts" columns="name" .registry=${registry}></crm-record-list>`,
    );
    await shows(element, 2);
  });
});
