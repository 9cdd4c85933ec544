import type { Point } from './geometry.ts';
import { measurePlane, translationTo, type Plane } from './plane.ts';

/** What follows the pointer while something is dragged: a picture of it that lies above everything. */
export class Ghost {
  readonly #element: HTMLElement;
  readonly #plane: Plane;
  readonly #grip: Point;

  /**
   * @param of - What is dragged.
   * @param at - Where it was taken hold of; that spot stays under the pointer.
   * @param layer - What holds the picture, in the same tree, so that it looks the same.
   */
  constructor(of: HTMLElement, at: Point, layer: HTMLElement) {
    const { left, top, width, height } = of.getBoundingClientRect();
    this.#element = of.cloneNode(true) as HTMLElement;
    this.#element.part.value = 'ghost';
    this.#element.removeAttribute('id');
    this.#element.setAttribute('aria-hidden', 'true');
    this.#element.inert = true;
    this.#element.dataset['ghost'] = '';
    this.#element.style.inlineSize = `${of.offsetWidth}px`;
    this.#element.style.blockSize = `${of.offsetHeight}px`;
    layer.append(this.#element);
    toTopLayer(this.#element);
    this.#plane = measurePlane(this.#element);
    this.#grip = { x: left + width / 2 - at.x, y: top + height / 2 - at.y };
    this.moveTo(at);
  }

  moveTo({ x, y }: Point): void {
    const to = translationTo(this.#plane, { x: x + this.#grip.x, y: y + this.#grip.y });
    this.#element.style.transform = `translate(${to.x}px, ${to.y}px)`;
  }

  remove(): void {
    this.#element.remove();
  }
}

/** Above dialogs and z-index wars, and out of reach of ancestors that clip. */
const toTopLayer = (element: HTMLElement): void => {
  element.popover = 'manual';
  element.showPopover();
};
