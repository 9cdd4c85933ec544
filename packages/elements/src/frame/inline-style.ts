import { noChange } from 'lit';
import {
  Directive,
  directive,
  PartType,
  type DirectiveResult,
  type ElementPart,
  type PartInfo,
} from 'lit/directive.js';

type Values = Readonly<Record<`--${string}`, string | number | null | undefined>>;

class CssVars extends Directive {
  constructor(info: PartInfo) {
    super(info);
    if (info.type !== PartType.ELEMENT) throw new TypeError('cssVars belongs into a tag, without an attribute');
  }

  render(_values: Values): typeof noChange {
    return noChange;
  }

  override update(part: ElementPart, [values]: [Values]): typeof noChange {
    const { style } = part.element as HTMLElement;
    for (const [name, value] of Object.entries(values)) {
      if (value === null || value === undefined) style.removeProperty(name);
      else style.setProperty(name, String(value));
    }
    return noChange;
  }
}

/**
 * Sets custom properties: `<div ${cssVars({ '--_share': 0.4 })}>`.
 *
 * Written through the CSSOM, because strict pages forbid `style` attributes, Lit's `styleMap` included.
 */
export const cssVars: (values: Values) => DirectiveResult = directive(CssVars);
