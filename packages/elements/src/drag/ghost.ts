import type { Point } from './geometry.ts';
import { measurePlane, translationTo, type Plane } from './plane.ts';

/**
 * What follows the pointer while something is dragged: a picture of it that lies above everything.
 *
 * It lies behind the lower right corner of a pane over the whole window, and is moved by scrolling the pane: that is
 * the one way of moving for which browsers work out neither styles nor layers again. `.ghost` is the pane,
 * `.ghost-place` where the picture lies; the picture itself has the attribute `data-ghost`.
 */
export class Ghost {
  readonly #pane: HTMLElement;
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
    picture.style.inlineSize = `${of.offsetWidth}px`;
    picture.style.blockSize = `${of.offsetHeight}px`;
    picture.style.direction = getComputedStyle(of).direction;
    const place = document.createElement('div');
    place.className = 'ghost-place';
    place.style.paddingRight = `${of.offsetWidth}px`;
    place.style.paddingBottom = `${of.offsetHeight}px`;
    place.append(picture);
    this.#pane = document.createElement('div');
    this.#pane.className = 'ghost';
    this.#pane.inert = true;
    this.#pane.append(place);
    layer.append(this.#pane);
    toTopLayer(this.#pane);
    this.#plane = measurePlane(picture, (x, y) => this.#translate(x, y));
    this.#grip = { x: left + width / 2 - at.x, y: top + height / 2 - at.y };
    this.moveTo(at);
  }

  moveTo({ x, y }: Point): void {
    const to = translationTo(this.#plane, { x: x + this.#grip.x, y: y + this.#grip.y });
    this.#translate(to.x, to.y);
  }

  remove(): void {
    this.#pane.remove();
  }

  #translate(x: number, y: number): void {
    // Two setters take less time than one `scrollTo`
    this.#pane.scrollLeft = -x;
    this.#pane.scrollTop = -y;
  }
}

/** Above dialogs and z-index wars, and out of reach of ancestors that clip. */
const toTopLayer = (element: HTMLElement): void => {
  element.popover = 'manual';
  element.showPopover();
};
