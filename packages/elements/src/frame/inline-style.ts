import { noChange } from 'lit';
import {
  Directive,
  directive,
  PartType,
  type DirectiveResult,
  type ElementPart,
  type PartInfo,
} from 'lit/directive.js';

type Values = Readonly<Record<string, string | number | null | undefined>>;

class InlineStyle extends Directive {
  constructor(info: PartInfo) {
    super(info);
    if (info.type !== PartType.ELEMENT) throw new TypeError('inlineStyle belongs into a tag, without an attribute');
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
 * Sets properties of CSS by their names in style sheets: `<div ${inlineStyle({ '--_share': 0.4 })}>`.
 *
 * Written through the CSSOM, because strict pages forbid `style` attributes, Lit's `styleMap` included. Where many
 * elements differ, prefer a plain property to a custom one: what an element defines is inherited by all inside it,
 * whose styles browsers then work out one by one instead of once.
 */
export const inlineStyle: (values: Values) => DirectiveResult = directive(InlineStyle);
