import type { Point } from './geometry.ts';
import { measurePlane, translationTo, type Plane } from './plane.ts';

/**
 * What follows the pointer while something is dragged: a picture of it that lies above everything.
 *
 * Only its frame is moved, an element almost without styles, because browsers work the styles of what moves out again
 * for every frame. `.ghost` has to be fixed in the corner; the picture inside has the attribute `data-ghost`.
 */
export class Ghost {
  readonly #frame: HTMLElement;
  readonly #plane: Plane;
  readonly #grip: Point;

  /**
   * @param of - What is dragged.
   * @param at - Where it was taken hold of; that spot stays under the pointer.
   * @param layer - What holds the picture, in the same tree, so that it looks the same.
   */
  constructor(of: HTMLElement, at: Point, layer: HTMLElement) {
    const { left, top, width, height } = of.getBoundingClientRect();
    const picture = of.cloneNode(true) as HTMLElement;
    picture.dataset['ghost'] = '';
    this.#frame = document.createElement('div');
    this.#frame.className = 'ghost';
    this.#frame.inert = true;
    this.#frame.style.inlineSize = `${of.offsetWidth}px`;
    this.#frame.style.blockSize = `${of.offsetHeight}px`;
    this.#frame.append(picture);
    layer.append(this.#frame);
    toTopLayer(this.#frame);
    this.#plane = measurePlane(this.#frame);
    this.#grip = { x: left + width / 2 - at.x, y: top + height / 2 - at.y };
    this.moveTo(at);
  }

  moveTo({ x, y }: Point): void {
    const to = translationTo(this.#plane, { x: x + this.#grip.x, y: y + this.#grip.y });
    this.#frame.style.transform = `translate(${to.x}px, ${to.y}px)`;
  }

  remove(): void {
    this.#frame.remove();
  }
}

/** Above dialogs and z-index wars, and out of reach of ancestors that clip. */
const toTopLayer = (element: HTMLElement): void => {
  element.popover = 'manual';
  element.showPopover();
};
