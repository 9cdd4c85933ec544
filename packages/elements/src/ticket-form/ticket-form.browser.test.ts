import { CrmError } from '@tessera-crm/model/errors.js';
import { isStorable } from '@tessera-crm/model/characters.js';
import { builtInRegistry } from '@tessera-crm/model/modules/built-in.js';
import { memoryStore } from '@tessera-crm/model/testing/memory-store.js';
import { expect, fixture, fixtureCleanup, html, nextFrame, oneEvent, waitUntil } from '@open-wc/testing';
import { readFile, sendKeys } from '@web/test-runner-commands';
import type { BeforeSaveDetail } from '../frame/events.ts';
import type { FileAccess } from '../frame/instance.ts';
import { forbidForms } from '../test-support/forbid-forms.ts';
import { testInstance, type TestInstance } from '../test-support/instance.ts';
import { switchStore } from '../test-support/switch-store.ts';
import { fromHtml } from '../controls/plain-html.ts';
import { TicketForm } from './ticket-form.ts';

TicketForm.define();

const registry = builtInRegistry();
const newStore = () => {
  const memory = memoryStore({ registry });
  return { memory: memory.memory, store: switchStore(memory) };
};

describe('the ticket form', () => {
  let crm: TestInstance | undefined;
  let store: ReturnType<typeof newStore>['store'];
  let memory: ReturnType<typeof newStore>['memory'];

  const start = (files?: FileAccess): void => {
    crm?.remove();
    ({ store, memory } = newStore());
    crm = testInstance({ store, registry, ...(files && { files }) });
  };
  beforeEach(() => {
    localStorage.clear();
    start();
  });
  afterEach(async () => {
    crm?.remove();
    crm = undefined;
    fixtureCleanup();
    // Elements that go write last what they have
    await nextFrame();
    localStorage.clear();
  });

  const show = (template = html`<crm-ticket-form lang="en"></crm-ticket-form>`): Promise<TicketForm> =>
    fixture<TicketForm>(template);
  const within = <T extends HTMLElement = HTMLInputElement>(element: Element, selector: string): T =>
    element.shadowRoot!.querySelector<T>(selector)!;
  const fill = async (element: TicketForm, name: string, text: string): Promise<void> => {
    const input = within(element, `#field-${name}`);
    input.focus();
    input.value = text;
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    input.blur();
    await element.updateComplete;
  };
  const send = (element: TicketForm): void => within(element, '[part=submit]').click();
  const tickets = () => [...memory.records.all('tickets')];
  const done = (element: TicketForm): Promise<void> => waitUntil(() => within(element, '.done'), 'is sent');
  const reload = async (element: TicketForm): Promise<TicketForm> => {
    dispatchEvent(new PageTransitionEvent('pagehide'));
    element.remove();
    return show();
  };

  it('creates a ticket by the keyboard alone and says its number', async () => {
    const element = await show();
    element.focus();
    await sendKeys({ type: 'Pump broken' });
    await sendKeys({ press: 'Enter' });
    await done(element);
    expect(within(element, '.done-title').textContent).to.contain('TK1');
    expect(element.shadowRoot!.activeElement?.id).to.equal('done');
    expect(tickets()[0]).to.include({ subject: 'Pump broken', priority: 'normal', status: 'new' });
  });

  it('sends by Enter and by its button in a frame that may not submit forms', async () => {
    for (const press of [() => sendKeys({ press: 'Enter' }), async (one: TicketForm) => send(one)]) {
      const element = await show();
      forbidForms(element.shadowRoot!);
      element.focus();
      await sendKeys({ type: 'Pump broken' });
      await press(element);
      await done(element);
    }
    expect(tickets()).to.have.length(2);
  });

  it('shows everything wrong at once, reads it out and puts the focus on the first', async () => {
    const element = await show(html`<crm-ticket-form lang="en" fields="subject,serial"></crm-ticket-form>`);
    await fill(element, 'serial', 'x'.repeat(121));
    send(element);
    await waitUntil(() => element.shadowRoot!.querySelectorAll('.field-error').length === 2);
    expect(element.shadowRoot!.activeElement?.id).to.equal('field-subject');
    const summary = within(element, '.notice[role=alert]');
    expect(summary.textContent).to.contain('2 fields need your attention');
    summary.querySelectorAll('button')[1]!.click();
    expect(element.shadowRoot!.activeElement?.id).to.equal('field-serial');
    expect(tickets()).to.deep.equal([]);
    await expect(element).to.be.accessible();
    await fill(element, 'subject', 'Pump');
    await fill(element, 'serial', 'x1');
    expect(within(element, '.notice[role=alert]')).to.equal(null);
  });

  it('is sent once, however often the button is pressed', async () => {
    const element = await show();
    await fill(element, 'subject', 'Twice');
    let resolve = (): void => {};
    store.wait(new Promise<void>((done) => (resolve = done)));
    for (let press = 0; press < 5; press++) send(element);
    await element.updateComplete;
    for (let press = 0; press < 5; press++) send(element);
    void element.submit();
    expect(within(element, '[part=submit]').getAttribute('aria-disabled')).to.equal('true');
    resolve();
    await done(element);
    expect(tickets().length).to.equal(1);
  });

  it('asks the page before it saves, which may wait or refuse', async () => {
    const element = await show();
    await fill(element, 'subject', 'Ask');
    element.addEventListener('crm-before-save', (event) => event.preventDefault(), { once: true });
    await element.submit();
    expect(tickets()).to.deep.equal([]);
    element.addEventListener(
      'crm-before-save',
      (event) => {
        const detail = (event as CustomEvent<BeforeSaveDetail>).detail;
        expect(detail.values()).to.include({ subject: 'Ask' });
        detail.wait(Promise.reject(new Error('no')));
      },
      { once: true },
    );
    await element.submit();
    expect(tickets()).to.deep.equal([]);
    setTimeout(() => send(element));
    const saved = (await oneEvent(element, 'crm-save')) as CustomEvent<{ id: string; record(): unknown }>;
    expect(saved.detail.id).to.equal(tickets()[0]!.id);
    expect(saved.detail.record()).to.include({ subject: 'Ask' });
  });

  it('keeps its draft through a reload until it was sent', async () => {
    const first = await show();
    await fill(first, 'subject', 'Half a sen');
    await fill(first, 'description', 'a <b>\n\n  b');
    const second = await reload(first);
    expect(within(second, '#field-subject').value).to.equal('Half a sen');
    expect(within(second, '#field-description').value).to.equal('a <b>\n\n  b');
    expect(within(second, '.notice').textContent).to.contain('What you had begun is back');
    send(second);
    await done(second);
    const third = await reload(second);
    expect(within(third, '#field-subject').value).to.equal('');
  });

  it('throws a draft away when asked to', async () => {
    const first = await show();
    await fill(first, 'subject', 'Old');
    const second = await reload(first);
    within(second, '.notice button').click();
    await second.updateComplete;
    expect(within(second, '#field-subject').value).to.equal('');
    expect(second.shadowRoot!.activeElement?.id).to.equal('field-subject');
    expect(localStorage.length).to.equal(0);
  });

  it('waits offline, says so, and sends the same ticket once it can', async () => {
    const element = await show();
    await fill(element, 'subject', 'In the tunnel');
    store.fail(new CrmError('network', 'gone'));
    send(element);
    await waitUntil(() => within(element, '.notice')?.textContent?.includes('You are offline'));
    expect(within(element, '#field-subject').value).to.equal('In the tunnel');
    await expect(element).to.be.accessible();
    store.fail(null);
    dispatchEvent(new Event('online'));
    await done(element);
    expect(tickets().length).to.equal(1);
  });

  it('can be changed while it waits', async () => {
    const element = await show();
    await fill(element, 'subject', 'Wrong');
    store.fail(new CrmError('network', 'gone'));
    await element.submit();
    await waitUntil(() => within(element, '.notice'));
    element.shadowRoot!.querySelectorAll<HTMLButtonElement>('.notice button')[1]!.click();
    await element.updateComplete;
    await fill(element, 'subject', 'Right');
    store.fail(null);
    send(element);
    await done(element);
    expect(tickets().map(({ subject }) => subject)).to.deep.equal(['Right']);
  });

  it('keeps everything when it is refused, and shows the reason with its field', async () => {
    const element = await show();
    await fill(element, 'subject', 'Refuse me');
    store.fail(new CrmError('rule', 'no', { issues: [{ path: '/subject', code: 'unique' }] }));
    await element.submit();
    await element.updateComplete;
    expect(within(element, '.field-error').textContent).to.contain('Is in use already');
    expect(element.shadowRoot!.activeElement?.id).to.equal('field-subject');
    expect(within(element, '#field-subject').value).to.equal('Refuse me');
    store.fail(new CrmError('forbidden', 'no'));
    await element.submit();
    await element.updateComplete;
    expect(within(element, '.notice').textContent).to.contain('You have no access to this');
    expect(within(element, '#field-subject').value).to.equal('Refuse me');
    expect((await reload(element)).shadowRoot!.querySelector<HTMLInputElement>('#field-subject')!.value).to.equal(
      'Refuse me',
    );
  });

  it('opens another one afterwards', async () => {
    const element = await show();
    await fill(element, 'subject', 'One');
    send(element);
    await done(element);
    within(element, '[part=another]').click();
    await element.updateComplete;
    expect(element.shadowRoot!.activeElement?.id).to.equal('field-subject');
    await fill(element, 'subject', 'Two');
    send(element);
    await done(element);
    expect(new Set(tickets().map(({ id }) => id)).size).to.equal(2);
  });

  it('shows customers only fields that the portal lets them give', async () => {
    const element = await show(
      html`<crm-ticket-form
        lang="en"
        subject="me"
        fields="subject,owner,priority,resolution,status,nonsense,__proto__"
      ></crm-ticket-form>`,
    );
    const names = [...element.shadowRoot!.querySelectorAll<HTMLElement>('[data-field]')].map(
      (one) => one.dataset['field'],
    );
    expect(names).to.deep.equal(['subject', 'priority']);
  });

  it('sends along what the page gives without showing it', async () => {
    const element = await show(
      html`<crm-ticket-form lang="en" fields="subject" .values=${{ channel: 'phone' }}></crm-ticket-form>`,
    );
    await fill(element, 'subject', 'Call');
    send(element);
    await done(element);
    expect(tickets()[0]).to.include({ channel: 'phone' });
  });

  describe('in a form', () => {
    const form = async (attributes = html`<crm-ticket-form lang="en" name="ticket"></crm-ticket-form>`) => {
      const around = await fixture<HTMLFormElement>(html`<form><fieldset>${attributes}</fieldset></form>`);
      const element = around.querySelector<TicketForm>('crm-ticket-form')!;
      await element.updateComplete;
      const data = (): unknown => new FormData(around).getAll('ticket');
      return { around, element, data };
    };

    it('is empty, then the draft as JSON, then the id of the ticket', async () => {
      const { element, data } = await form();
      expect(data()).to.deep.equal(['']);
      await fill(element, 'subject', 'Pump');
      expect(data()).to.deep.equal([JSON.stringify({ priority: 'normal', subject: 'Pump' })]);
      send(element);
      await done(element);
      expect(data()).to.deep.equal([tickets()[0]!.id]);
    });

    it('begins anew when the form is reset', async () => {
      const { around, element, data } = await form();
      await fill(element, 'subject', 'Pump');
      around.reset();
      await element.updateComplete;
      expect(within(element, '#field-subject').value).to.equal('');
      expect(data()).to.deep.equal(['']);
    });

    it('is disabled with its fieldset', async () => {
      const { around, element, data } = await form();
      around.querySelector('fieldset')!.disabled = true;
      await element.updateComplete;
      expect(within(element, '#field-subject').readOnly).to.equal(true);
      expect(within(element, '[part=submit]')).to.equal(null);
      expect(data()).to.deep.equal([]);
    });

    it('makes the form invalid while its draft is not complete, or until it was sent where that is required', async () => {
      const { around, element } = await form(
        html`<crm-ticket-form lang="en" name="ticket" fields="subject,category"></crm-ticket-form>`,
      );
      expect(around.checkValidity()).to.equal(true);
      const category = within<HTMLSelectElement>(element, '#field-category');
      category.value = 'order';
      category.dispatchEvent(new Event('change'));
      await element.updateComplete;
      expect(around.checkValidity()).to.equal(false);
      expect(element.validationMessage).to.equal('The ticket is not complete.');
      await element.updateComplete;
      expect(within(element, '.field-error')).to.not.equal(null);
      await fill(element, 'subject', 'Pump');
      expect(around.checkValidity()).to.equal(true);
      element.required = true;
      await element.updateComplete;
      expect(around.checkValidity()).to.equal(false);
      send(element);
      await done(element);
      expect(around.checkValidity()).to.equal(true);
    });

    it('does not send the form around it', async () => {
      const { around, element } = await form();
      let sent = 0;
      around.addEventListener('submit', (event) => {
        event.preventDefault();
        sent++;
      });
      await fill(element, 'subject', 'Pump');
      send(element);
      await done(element);
      expect(sent).to.equal(0);
    });

    it('repeats its value in hidden inputs for code that reads inputs only, and is sent once', async () => {
      const { around, element, data } = await form(
        html`<crm-ticket-form lang="en" name="ticket" mirror-inputs></crm-ticket-form>`,
      );
      await fill(element, 'subject', 'Pump "1" & <b>');
      const value = JSON.stringify({ priority: 'normal', subject: 'Pump "1" & <b>' });
      const inputs = [...around.elements].filter((one) => one instanceof HTMLInputElement);
      expect(inputs.map(({ name, value: held }) => [name, held])).to.deep.equal([
        ['ticket', value],
        ['ticket[priority]', 'normal'],
        ['ticket[subject]', 'Pump "1" & <b>'],
      ]);
      expect(data()).to.deep.equal([value]);
      send(element);
      await done(element);
      expect(data()).to.deep.equal([tickets()[0]!.id]);
      element.mirrorInputs = false;
      await element.updateComplete;
      expect(around.querySelector('input')).to.equal(null);
      expect(data()).to.deep.equal([tickets()[0]!.id]);
    });
  });

  describe('with files', () => {
    interface Sending {
      readonly file: File;
      progress(share: number): void;
      arrive(id: string): void;
      fail(error: CrmError): void;
      readonly signal: AbortSignal | undefined;
    }

    const transport = () => {
      const sendings: Sending[] = [];
      const files: FileAccess = {
        upload: (file, { signal, onProgress } = {}) =>
          new Promise((arrive, fail) => {
            sendings.push({ file, arrive, fail, signal, progress: (share) => onProgress?.(share) });
          }),
        link: async () => '',
      };
      return { files, sendings };
    };
    const choose = async (element: TicketForm, ...files: File[]): Promise<void> => {
      const input = within(element, 'input[type=file]');
      const data = new DataTransfer();
      for (const file of files) data.items.add(file);
      input.files = data.files;
      input.dispatchEvent(new Event('change'));
      await element.updateComplete;
    };
    const photo = new File(['bytes'], '<img src=x onerror=alert(1)>.png', { type: 'image/png' });

    it('has no place for them where they cannot be stored', async () => {
      expect(within(await show(), 'input[type=file]')).to.equal(null);
    });

    it('sends them with progress and ties them to the ticket, which waits for them', async () => {
      const { files, sendings } = transport();
      start(files);
      const element = await show();
      await fill(element, 'subject', 'With photo');
      await choose(element, photo);
      sendings[0]!.progress(0.4);
      await element.updateComplete;
      expect(within<HTMLProgressElement>(element, 'progress').value).to.equal(40);
      expect(within(element, '.file-name').textContent).to.equal(photo.name);
      await expect(element).to.be.accessible();
      send(element);
      await new Promise((resolve) => setTimeout(resolve, 30));
      expect(tickets()).to.deep.equal([]);
      sendings[0]!.arrive('file-1');
      await done(element);
      const [document] = [...memory.records.all('documents')];
      expect(document).to.deep.include({
        title: photo.name,
        type: 'file',
        file: 'file-1',
        mime: 'image/png',
        size: 5,
        related: [{ module: 'tickets', id: tickets()[0]!.id }],
      });
    });

    it('refuses what is too large, empty or of another type, and will not send without a decision', async () => {
      const { files, sendings } = transport();
      start(files);
      const element = await show(html`<crm-ticket-form lang="en" accept="image/*,.pdf"></crm-ticket-form>`);
      await fill(element, 'subject', 'Files');
      const large = new File(['x'], 'large.pdf');
      Object.defineProperty(large, 'size', { value: 26 * 1024 * 1024 });
      // A real list of files would copy it, and with it its size
      const zone = within(element, '.drop');
      const drop = new Event('drop') as Event & { dataTransfer?: object };
      drop.dataTransfer = { files: [large, new File([], 'empty.pdf'), new File(['x'], 'run.exe')] };
      zone.dispatchEvent(drop);
      await element.updateComplete;
      const reasons = [...element.shadowRoot!.querySelectorAll('.file-reason')].map((one) => one.textContent);
      expect(reasons).to.deep.equal([
        'Too large: at most 25 MB',
        'The file is empty',
        'Files of this type are not accepted',
      ]);
      expect(sendings.length).to.equal(0);
      await element.submit();
      expect(tickets()).to.deep.equal([]);
      for (let left = 3; left > 0; left--) {
        within(element, '.file button').click();
        await element.updateComplete;
      }
      send(element);
      await done(element);
    });

    it('tries a failed one again, and stops one that is removed', async () => {
      const { files, sendings } = transport();
      start(files);
      const element = await show();
      await choose(element, photo, new File(['y'], 'b.txt'));
      sendings[0]!.fail(new CrmError('network', 'gone'));
      await waitUntil(() => within(element, '.file-reason'));
      within(element, '.file[data-wrong] button').click();
      await waitUntil(() => sendings.length === 3);
      sendings[2]!.arrive('again');
      element.shadowRoot!.querySelectorAll<HTMLButtonElement>('.file')[1]!.querySelector('button')!.click();
      expect(sendings[1]!.signal?.aborted).to.equal(true);
      await waitUntil(() => element.shadowRoot!.querySelectorAll('.file').length === 1);
    });

    it('does not forget what was sent when the page is loaded again', async () => {
      const { files, sendings } = transport();
      start(files);
      const element = await show();
      await fill(element, 'subject', 'Reload');
      await choose(element, photo);
      sendings[0]!.arrive('kept-file');
      await waitUntil(() => within(element, '.file progress') === null);
      const again = await reload(element);
      await waitUntil(() => within(again, '.file-name'));
      send(again);
      await done(again);
      expect([...memory.records.all('documents')].map(({ file }) => file)).to.deep.equal(['kept-file']);
    });
  });

  describe('is a window to look through', () => {
    for (const locale of ['en', 'it']) {
      it(`that everybody can use, in ${locale}`, async () => {
        const element = await fixture<TicketForm>(
          html`<crm-ticket-form lang=${locale} subject-hint="Short"></crm-ticket-form>`,
        );
        await waitUntil(() => within(element, '#field-subject'));
        await expect(element).to.be.accessible();
        expect(within(element, '.title').textContent?.trim()).to.equal(locale === 'it' ? 'Nuovo ticket' : 'New ticket');
        expect(within(element, '#field-subject-hint').textContent).to.equal('Short');
      });
    }

    it('that stores hostile text exactly and shows it as text', async function () {
      this.timeout(60_000);
      const file = await readFile({ path: '../../../../../shared/data/hostile/blns.json' }).catch(() => undefined);
      if (file === undefined) return this.skip();
      const strings = (JSON.parse(file) as string[]).filter((one) => one.trim() !== '' && isStorable(one));
      const around = await fixture<HTMLFormElement>(
        html`<form>
          <crm-ticket-form lang="en" name="ticket" fields="subject,description" draft-key="off"></crm-ticket-form>
        </form>`,
      );
      const element = around.querySelector<TicketForm>('crm-ticket-form')!;
      await fill(element, 'subject', 'x');
      const nodes = within(element, 'form').querySelectorAll('*').length;
      for (const text of strings) {
        await fill(element, 'description', text);
        const held = JSON.parse(new FormData(around).get('ticket') as string) as { description: string };
        const shown = text.replaceAll(/\r\n?/g, '\n').trim();
        expect(fromHtml(held.description)).to.equal(shown);
        expect(within(element, '#field-description').value.trim()).to.equal(shown);
        if (text.length > 255 || /[\r\n]/.test(text)) continue;
        await fill(element, 'subject', text);
        expect((JSON.parse(new FormData(around).get('ticket') as string) as { subject: string }).subject).to.equal(
          text.trim(),
        );
      }
      expect(within(element, 'form').querySelectorAll('*').length).to.equal(nodes);
    });
  });
});
