// What Astro prints into a page with islands, in its manner: an element that fetches a component and what renders it,
// when its directive says so, and puts the component into itself.
const when = {
  only: (start) => start(),
  load: (start) => start(),
  idle: (start) => setTimeout(start, 200),
  visible: (start, island) => {
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      start();
    });
    for (const child of island.children) observer.observe(child);
  },
};

// Values are written with a number of their type before them
const revive = ([type, value]) => (type === 1 ? value.map(revive) : type === 0 ? reviveAll(value) : value);
const reviveAll = (value) =>
  typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, revive(one)]))
    : value;

class AstroIsland extends HTMLElement {
  connectedCallback() {
    // Until all children are there, if they are still on their way
    if (!this.hasAttribute('await-children') || document.readyState !== 'loading') return this.begin();
    addEventListener('DOMContentLoaded', () => this.begin(), { once: true });
  }

  begin() {
    when[this.getAttribute('client')](() => this.start(), this);
  }

  async start() {
    const [{ [this.getAttribute('component-export')]: Component }, { default: renderer }] = await Promise.all([
      import(this.getAttribute('component-url')),
      import(this.getAttribute('renderer-url')),
    ]);
    const props = reviveAll(JSON.parse(this.getAttribute('props')));
    await renderer(this)(Component, props, {}, { client: this.getAttribute('client') });
    this.removeAttribute('ssr');
    this.dispatchEvent(new CustomEvent('astro:hydrate'));
  }
}
customElements.define('astro-island', AstroIsland);
