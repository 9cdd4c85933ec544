import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Tab } from './engine.ts';
import { seen } from './known.ts';
import type { Visit } from './visit.ts';

/** Where pictures that differ go, for whoever wants to look; nowhere unless told. */
const album = process.env['HOSTILE_SCREENSHOTS'];

/** The part of a picture that may differ: anti-aliasing is not the same at every fraction of a pixel. */
const tolerance = 0.001;

const ids = ['card', 'history', 'form', 'board'] as const;

/** What `soft` isolation takes from the page: its type and its colours, and nothing else. */
const inherited = ['font-family', 'font-size', 'font-style', 'font-weight', 'color', 'color-scheme'];

/**
 * Holds pictures of our elements on a host's page against those on a blank one. With `soft` isolation the blank page
 * first gets the host's type and colours. Only Chromium's pictures are the same twice.
 */
export const looksAsOnBlankPage = async (visit: Visit, isolation: 'soft' | 'strict'): Promise<void> => {
  const query = `isolation=${isolation}`;
  await visit.page.setViewportSize({ width: 1280, height: 3000 });
  await visit.open(query);
  const styles = await visit.tab.evaluate(
    (names) => names.map((name) => [name, getComputedStyle(document.body).getPropertyValue(name)] as const),
    inherited,
  );
  const theirs = await pictures(visit);
  const blank =
    isolation === 'soft'
      ? await blankPictures(visit, query, styles)
      : await (strict ??= blankPictures(visit, query, []));
  const different: string[] = [];
  for (const [index, id] of ids.entries()) {
    const share = await difference(visit.tab, theirs[index]!, blank[index]!);
    if (share < tolerance) continue;
    different.push(`${id}: ${(share * 100).toFixed(2)} %`);
    await keep(`${visit.host.file}-${isolation}-${id}`, theirs[index]!, blank[index]!);
  }
  assert.deepEqual(different, []);
};

/** Of the blank page with strict isolation: the same for every host. */
let strict: Promise<readonly string[]> | undefined;

const blankPictures = async (
  visit: Visit,
  query: string,
  styles: readonly (readonly [name: string, value: string])[],
): Promise<readonly string[]> => {
  await visit.open(query, 'h00-blank.html');
  await visit.tab.evaluate((all) => {
    for (const [name, value] of all) document.body.style.setProperty(name, value);
  }, styles);
  return pictures(visit);
};

const pictures = async (visit: Visit): Promise<readonly string[]> => {
  const texts = { card: seen.contact, history: seen.ticket, form: 'Subject', board: seen.deal };
  await visit.tab.evaluate(setStage);
  for (const id of ids) await visit.shows(id, texts[id]);
  // A stream of changes stays open, so that the network is never idle
  await visit.until('nothing is on its way any more', () =>
    hostile.all(document.querySelector('#widgets')!).every((one) => !one.matches('.bone') || !one.checkVisibility()),
  );
  await visit.page.waitForTimeout(500);
  const taken: string[] = [];
  for (const id of ids) {
    const box = await visit.tab.evaluate((which) => {
      const { left, top, width, height } = document.getElementById(which)!.getBoundingClientRect();
      return { x: left + scrollX, y: top + scrollY, width, height };
    }, id);
    if (box.width < 1 || box.height < 1) throw new Error(`${id} has no box on this page`);
    taken.push((await visit.tab.picture(box)).toString('base64'));
  }
  return taken;
};

/** Runs in the page: the same room for our elements wherever they are, and nothing of ours changed but the room. */
const setStage = (): void => {
  const stage = document.querySelector<HTMLElement>('#widgets')!;
  const set = (name: string, value: string): void => stage.style.setProperty(name, value, 'important');
  for (const [name, value] of Object.entries({
    position: 'absolute',
    inset: '0 auto auto 0',
    display: 'block',
    width: '900px',
    'max-width': 'none',
    'max-height': 'none',
    margin: '0',
    padding: '0',
    border: '0',
    background: '#fff',
    opacity: '1',
    overflow: 'visible',
    'z-index': '1',
  }))
    set(name, value);
  // What lies below must not shine through
  document.querySelector('#canaries')?.remove();
};

/** Which part of two pictures differs, counted by the browser itself; 1 where they are not of one size. */
const difference = async (tab: Tab, one: string, other: string): Promise<number> =>
  tab.evaluate(
    async (...both) => {
      const read = async (text: string): Promise<ImageData> => {
        const image = new Image();
        image.src = `data:image/png;base64,${text}`;
        await image.decode();
        const canvas = new OffscreenCanvas(image.width, image.height).getContext('2d')!;
        canvas.drawImage(image, 0, 0);
        return canvas.getImageData(0, 0, image.width, image.height);
      };
      const [left, right] = [await read(both[0]!), await read(both[1]!)];
      if (left.width !== right.width || left.height !== right.height) return 1;
      let count = 0;
      for (let at = 0; at < left.data.length; at += 4)
        if ([0, 1, 2].some((channel) => Math.abs(left.data[at + channel]! - right.data[at + channel]!) > 24)) count++;
      return (count * 4) / left.data.length;
    },
    one,
    other,
  );

const keep = async (name: string, ...both: readonly string[]): Promise<void> => {
  if (album === undefined) return;
  await mkdir(album, { recursive: true });
  for (const [index, text] of both.entries())
    await writeFile(join(album, `${name}-${index === 0 ? 'there' : 'blank'}.png`), Buffer.from(text, 'base64'));
};
