import { CrmError } from '@tessera-crm/model/errors.js';
import { aTimeout, expect, fixture, html, oneEvent, waitUntil } from '@open-wc/testing';
import { css, html as template } from 'lit';
import { FormElement } from '../controls/form-element.ts';
import { defineElement, type ElementClass } from '../frame/define.ts';
import { insideOf } from '../test-support/inside-of.ts';
import { moveIn } from './move-in.ts';
import { shellOf, type ShellContext } from './shell.ts';

/** An element as small as one can be, with one of everything that a shell has to hand on. */
class Probe extends FormElement {
  static override readonly element: string = 'probe';
  static override readonly parts = 'box label';
  static override readonly styles = css`
    :host {
      display: block;
      block-size: 200px;
    }
  `;
  static override readonly properties = { value: { attribute: false }, name: { reflect: true }, hint: {} };
  declare value: unknown;
  declare name: string | null;
  declare hint: string | undefined;
  resets = 0;

  get isOff(): boolean {
    return this.isDisabled;
  }

  greet(whom: string): string {
    return `Hello ${whom}`;
  }

  formResetCallback(): void {
    this.resets++;
  }

  protected override updated(): void {
    super.updated(new Map());
    this.internals.setFormValue(typeof this.value === 'string' ? this.value : '');
  }

  protected override renderContent(): unknown {
    return template`<p part="box">${this.hint}</p><slot name="empty"><i>our words</i></slot>`;
  }
}

const plan = { set: 'value name hint', get: 'viewState', call: 'greet', isForm: true };

let count = 0;

interface Ways {
  readonly load?: () => Promise<ElementClass>;
  readonly Element?: unknown;
}

/** Registers a shell under a fresh tag, whose code comes when `arrive` is called. */
const shell = ({ load, Element = Probe }: Ways = {}) => {
  const prefix = `shell${++count}`;
  const tag = `${prefix}-probe`;
  const failures: unknown[] = [];
  let arrive!: () => void;
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  const loads = { count: 0 };
  const context: ShellContext = {
    prefix,
    settings: () => ({}),
    height: 120,
    async load() {
      loads.count++;
      if (load) return { Element: await load(), moveIn };
      await arrived;
      return { Element: Element as ElementClass, moveIn };
    },
    failed(cause) {
      failures.push(cause);
      return new CrmError('load-failed', 'The code', {}, cause);
    },
  };
  defineElement(shellOf('probe', plan, context), tag, customElements, prefix);
  return { tag, prefix, arrive, failures, loads };
};

const put = async (tag: string, inner = '', attributes = ''): Promise<HTMLElement & Record<string, unknown>> => {
  const place = await fixture<HTMLElement>(html`<div></div>`);
  const parsed = document.createRange().createContextualFragment(`<${tag} ${attributes}>${inner}</${tag}>`);
  place.append(parsed);
  return place.firstElementChild as HTMLElement & Record<string, unknown>;
};

const inside = async (element: Element): Promise<Probe> => {
  await waitUntil(() => insideOf(element), 'the code', { timeout: 4000 });
  const found = insideOf<Probe>(element)!;
  await found.updateComplete;
  return found;
};

describe('a shell', () => {
  it('keeps room of the size its element will need, and is as high as that when it comes', async () => {
    const { tag, arrive } = shell();
    const element = await put(tag);
    expect(element.getBoundingClientRect().height).to.equal(120);
    expect(element.matches(':state(loading)')).to.equal(true);
    arrive();
    await inside(element);
    expect(element.getBoundingClientRect().height).to.equal(200);
    element.style.height = '300px';
    expect(insideOf(element)!.getBoundingClientRect().height, 'the page has the last word').to.equal(300);
  });

  it('gives the element every property that was set before the code came, objects too', async () => {
    const { tag, arrive } = shell();
    const element = await put(tag);
    const value = { any: 'object' };
    expect('value' in element, 'frameworks look for it').to.equal(true);
    element['value'] = value;
    expect(element['value']).to.equal(value);
    arrive();
    const found = await inside(element);
    expect(found.value).to.equal(value);
    element['value'] = 2;
    expect(found.value).to.equal(2);
    expect(element['viewState']).to.equal(found.viewState);
  });

  it('lets a property that was set before the code came win over its attribute', async () => {
    const { tag, arrive } = shell();
    const element = await put(tag, '', 'hint="one"');
    element['hint'] = undefined;
    arrive();
    const found = await inside(element);
    await aTimeout(100);
    expect(found.hint).to.equal(undefined);
  });

  it('takes over what was set before its own class was there', async () => {
    const name = `shell${count + 1}-probe`;
    const element = document.createElement(name) as HTMLElement & Record<string, unknown>;
    element['value'] = 'early';
    const { arrive } = shell();
    const place = await fixture<HTMLElement>(html`<div></div>`);
    place.append(element);
    arrive();
    expect((await inside(element)).value).to.equal('early');
  });

  it('hands attributes on, before and after, but for those that are its own', async () => {
    const { tag, arrive } = shell();
    const element = await put(tag, '', 'hint="one" id="mine" class="theirs" data-x="1"');
    arrive();
    const found = await inside(element);
    expect(found.getAttributeNames().sort()).to.deep.equal(['exportparts', 'hint']);
    element.setAttribute('hint', 'two');
    await waitUntil(() => found.hint === 'two', 'the new one');
    element.removeAttribute('hint');
    await waitUntil(() => found.hint === null || found.hint === undefined, 'none');
  });

  it('lets a slot through only while the page has put something in it', async () => {
    const { tag, arrive } = shell();
    const element = await put(tag);
    arrive();
    const found = await inside(element);
    await waitUntil(() => found.shadowRoot!.querySelector('slot')!.assignedNodes().length === 0);
    expect(found.shadowRoot!.querySelector('i')!.checkVisibility(), 'our words').to.equal(true);
    const theirs = document.createElement('p');
    theirs.slot = 'empty';
    element.append(theirs);
    const slot = found.shadowRoot!.querySelector('slot')!;
    await waitUntil(() => slot.assignedElements({ flatten: true })[0] === theirs, 'their words');
    theirs.slot = 'other';
    await waitUntil(() => slot.assignedElements({ flatten: true })[0] !== theirs, 'gone');
  });

  it('is the control of a form: its value, its name, its reset', async () => {
    const { tag, arrive } = shell();
    const form = await fixture<HTMLFormElement>(html`<form></form>`);
    const element = document.createElement(tag) as HTMLElement & Record<string, unknown>;
    element['name'] = 'probe';
    form.append(element);
    expect(element['form'], 'before its code').to.equal(form);
    element['value'] = 'v';
    arrive();
    const found = await inside(element);
    await waitUntil(() => new FormData(form).get('probe') === 'v', 'the value');
    form.reset();
    expect(found.resets).to.equal(1);
    expect((element as unknown as { checkValidity(): boolean }).checkValidity()).to.equal(true);
  });

  it('tells its element what the form said before the code came', async () => {
    const { tag, arrive } = shell();
    const form = await fixture<HTMLFormElement>(html`<form><fieldset disabled></fieldset></form>`);
    const element = document.createElement(tag);
    form.firstElementChild!.append(element);
    arrive();
    expect((await inside(element)).isOff).to.equal(true);
  });

  it('calls methods when the code is there, and answers by a promise', async () => {
    const { tag, arrive } = shell();
    const element = await put(tag);
    const answer = (element as unknown as { greet(whom: string): Promise<string> }).greet('Bea');
    arrive();
    expect(await answer).to.equal('Hello Bea');
  });

  it('keeps presses on its controls from jQuery UI, which would move the whole element by them', async () => {
    const place = await fixture<HTMLElement>(html`<div></div>`);
    const { tag, arrive } = shell();
    const element = document.createElement(tag);
    place.append(element);
    arrive();
    const found = await inside(element);
    const heard: string[] = [];
    const hear = ({ type }: Event): void => void heard.push(type);
    for (const type of ['mousedown', 'pointerdown']) place.addEventListener(type, hear);
    const press = (one: Element): void => {
      for (const type of ['pointerdown', 'mousedown'])
        one.dispatchEvent(new MouseEvent(type, { bubbles: true, composed: true }));
    };
    const [text, control] = [found.shadowRoot!.querySelector('p')!, document.createElement('input')];
    found.shadowRoot!.append(control);
    await aTimeout(200);
    press(control);
    expect(heard, 'nobody moves it').to.deep.equal(['pointerdown', 'mousedown']);
    place.className = 'ui-draggable';
    press(control);
    expect(heard.splice(0), 'on a control').to.deep.equal(['pointerdown', 'mousedown', 'pointerdown']);
    press(text);
    expect(heard, 'beside the controls').to.deep.equal(['pointerdown', 'mousedown']);
  });

  it('lets a page style the parts of its element', async () => {
    const { tag, arrive } = shell();
    const element = await put(tag);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`${tag}::part(box) { color: rgb(1, 2, 3) }`);
    document.adoptedStyleSheets.push(sheet);
    arrive();
    const found = await inside(element);
    expect(getComputedStyle(found.shadowRoot!.querySelector('p')!).color).to.equal('rgb(1, 2, 3)');
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
  });

  it('says that the code cannot be had, in the page’s language, and tries again', async () => {
    let isAway = true;
    const { tag, failures, loads } = shell({
      load: () => (isAway ? Promise.reject(new Error('404')) : Promise.resolve(Probe as unknown as ElementClass)),
    });
    const place = await fixture<HTMLElement>(html`<div lang="it"></div>`);
    const element = document.createElement(tag);
    const told = oneEvent(place, `${tag.split('-')[0]!}-load-error`);
    place.append(element);
    const { detail } = (await told) as CustomEvent<{ code: string; retryable: boolean }>;
    expect(detail.code).to.equal('load-failed');
    expect(detail.retryable).to.equal(true);
    await waitUntil(() => element.shadowRoot!.textContent!.includes('Riprova'), 'the words');
    expect(element.getBoundingClientRect().height, 'the page does not move').to.be.at.least(120);
    isAway = false;
    element.shadowRoot!.querySelector('button')!.click();
    await inside(element);
    expect(failures).to.have.length(1);
    expect(loads.count).to.equal(2);
  });

  /** A shell whose code did not come, and would by now. */
  const failed = async () => {
    let isAway = true;
    const { tag, loads } = shell({
      load: () => (isAway ? Promise.reject(new Error('offline')) : Promise.resolve(Probe as unknown as ElementClass)),
    });
    const element = await put(tag);
    await waitUntil(() => element.shadowRoot!.querySelector('button'), 'the failure');
    isAway = false;
    return { element, loads };
  };

  it('tries again when the network is back', async () => {
    const { element } = await failed();
    dispatchEvent(new Event('online'));
    await inside(element);
  });

  it('leaves an element alone that came before the network was back', async () => {
    const { element } = await failed();
    await (element as unknown as { greet(whom: string): Promise<string> }).greet('Bea');
    const found = await inside(element);
    dispatchEvent(new Event('online'));
    expect(insideOf(element)).to.equal(found);
  });

  it('begins anew where a page moves it after a failure', async () => {
    const { element, loads } = await failed();
    element.parentElement!.append(element);
    expect(element.getBoundingClientRect().height, 'the page does not move').to.equal(120);
    await inside(element);
    expect(loads.count).to.equal(2);
  });

  it('shows the same when its element cannot even be made', async () => {
    class Broken extends Probe {
      static override readonly element: string = 'broken';
      constructor() {
        super();
        throw new Error('broken');
      }
    }
    const reported = new Promise((resolve) => addEventListener('error', resolve, { once: true }));
    const { onerror } = window;
    window.onerror = () => true;
    const { tag, arrive, failures } = shell({ Element: Broken });
    const element = await put(tag);
    arrive();
    await reported;
    await waitUntil(() => element.shadowRoot!.querySelector('button'), 'the failure');
    window.onerror = onerror;
    expect(failures).to.have.length(1);
  });

  it('fetches nothing before it comes into sight or a person turns to it, where the page wants that', async () => {
    const far = shell();
    const seen = await put(far.tag, '', 'loading="visible" style="display:block;margin-top:9000px"');
    const touched = shell();
    const pressed = await put(touched.tag, '', 'loading="interaction"');
    const idle = shell();
    await put(idle.tag, '', 'loading="idle"');
    await waitUntil(() => idle.loads.count === 1, 'the idle one');
    await aTimeout(50);
    expect([far.loads.count, touched.loads.count]).to.deep.equal([0, 0]);
    await waitUntil(() => pressed.shadowRoot!.querySelector<HTMLElement>('.room')!.tabIndex === 0, 'a stop for Tab');
    pressed.shadowRoot!.querySelector<HTMLElement>('.room')!.focus();
    expect(touched.loads.count).to.equal(1);
    seen.scrollIntoView();
    await waitUntil(() => far.loads.count === 1, 'the one in sight');
  });
});
