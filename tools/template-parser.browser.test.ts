import { expect } from '@open-wc/testing';
import { fillNodeByNode } from './template-parser.ts';

/** What our templates are made of, with Lit's marks in it as they stand in bundles. */
const markup = [
  '',
  'a &amp; b&nbsp;&#39;c&#39; & d',
  '<p>one</p>two<!--?lit.1.--><?lit.1.>',
  '<div class="a b" title=\'c "d"\' hidden data-x=1><br><input disabled><b>e</b></div>f',
  '<a href="https://example.com/a?b=1&amp;c=2">g</a>',
  '<svg class="icon" viewBox="0 0 24 24"><path d="M0 0"/><g><path d="M1 1"></path></g><foreignObject><p>h</p></foreignObject></svg>',
  '<tr><td>1</td><td>2</td></tr>',
  '<table><thead><tr><th scope="col">i</th></tr></thead><tbody><tr><td></td></tr></tbody></table>',
  '<select><option value="1" selected>j</option><option>k</option></select>',
  '<x-y lit.1.0 Title="l"><slot name="m"></slot></x-y>',
  '<DIV Class="n">\n  o\n</DIV>',
  '<textarea rows="2">p</textarea>',
  '<?>',
];

const byBrowser = (text: string): HTMLTemplateElement => {
  const template = document.createElement('template');
  template.innerHTML = text;
  return template;
};

const byHand = (text: string): HTMLTemplateElement => {
  const template = document.createElement('template');
  fillNodeByNode(template, text);
  return template;
};

for (const text of markup)
  it(`reads as a browser does: ${text}`, () => {
    expect(byHand(text).innerHTML).to.equal(byBrowser(text).innerHTML);
    expect(byHand(text).content.isEqualNode(byBrowser(text).content)).to.equal(true);
  });

it('keeps the order and the ends of names that a script may not give', () => {
  const [element] = byHand('<b @click.lit.="lit.1." .value.lit.="x lit.1." ?hidden.lit.=lit.1. id="c"></b>').content
    .children;
  const names = element!.getAttributeNames();
  expect(names.map((name) => name.endsWith('.lit.'))).to.deep.equal([true, true, true, false]);
  expect(names.map((name) => element!.getAttribute(name))).to.deep.equal(['lit.1.', 'x lit.1.', 'lit.1.', 'c']);
});

it('makes elements that do nothing before they are used', () => {
  expect(byHand('<img src="x">').content.ownerDocument.defaultView).to.equal(null);
});
