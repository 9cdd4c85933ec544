import { noChange } from 'lit';
import { AsyncDirective, directive, type ElementPart } from 'lit/async-directive.js';

const hasAnchors = typeof CSS !== 'undefined' && CSS.supports('anchor-name: --a');

/** Where browsers know no anchors: below what it belongs to, or above it where there is more room. */
const place = (floating: HTMLElement, anchor: Element): void => {
  const { left, top, bottom, width } = anchor.getBoundingClientRect();
  const height = floating.offsetHeight;
  const isAbove = bottom + height > innerHeight && top > innerHeight - bottom;
  floating.style.setProperty('inset', 'auto');
  floating.style.setProperty('left', `${left}px`);
  floating.style.setProperty('top', `${isAbove ? Math.max(0, top - height) : bottom}px`);
  floating.style.setProperty('width', `${width}px`);
};

class Floating extends AsyncDirective {
  #stop: AbortController | undefined;

  render(_isOpen: boolean, _name: string): typeof noChange {
    return noChange;
  }

  override update({ element }: ElementPart, [isOpen, name]: [boolean, string]): typeof noChange {
    const floating = element as HTMLElement;
    const anchor = floating.parentElement;
    floating.style.setProperty('position-anchor', name);
    anchor?.style.setProperty('anchor-name', name);
    // The element may not be in the page yet, and only what is can be shown
    queueMicrotask(() => this.#show(floating, isOpen));
    return noChange;
  }

  #show(floating: HTMLElement, isOpen: boolean): void {
    if (!floating.isConnected || typeof floating.showPopover !== 'function') return;
    if (floating.matches(':popover-open') === isOpen) return;
    this.#stop?.abort();
    if (!isOpen) return floating.hidePopover();
    floating.showPopover();
    if (!hasAnchors) this.#follow(floating);
  }

  #follow(floating: HTMLElement): void {
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    const again = (): void => void (floating.parentElement && place(floating, floating.parentElement));
    again();
    addEventListener('scroll', again, { capture: true, passive: true, signal });
    addEventListener('resize', again, { passive: true, signal });
  }

  protected override disconnected(): void {
    this.#stop?.abort();
  }
}

/**
 * Shows a popover below its parent, as wide as that: `<div popover="manual" ${floating(isOpen, '--name')}>`.
 *
 * @param name - Of the anchor; unique within the shadow root.
 */
export const floating = directive(Floating);
