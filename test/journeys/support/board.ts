import type { Locator, Page } from 'playwright-core';
import { dealName } from './world.ts';

/** The pipeline board as a person sees it, looking for our deal only. */
export class Board {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get card(): Locator {
    return this.#page.locator('crm-pipeline-board .card').filter({ hasText: dealName });
  }

  /** The clock on our card, as long as its changes wait to be sent. */
  get waits(): Locator {
    return this.card.getByTitle('not sent yet');
  }

  column(stage: string): Locator {
    return this.#page
      .locator('crm-pipeline-board')
      .locator('[part="column"], [data-key].folded')
      .filter({ has: this.#page.getByText(stage, { exact: true }) });
  }

  /** The deal's card where it stands in that stage. */
  cardIn(stage: string): Locator {
    return this.column(stage).locator('.card').filter({ hasText: dealName });
  }

  /** Leaves only the deal of the journey on the board. */
  async search(): Promise<void> {
    const box = this.#page.getByRole('searchbox', { name: 'Search deals' });
    await box.waitFor();
    const answer = this.#page.waitForResponse(
      (one) => /[/](deals|sync)[/]query$/.test(one.url()) && /lido of Ostia/.test(one.request().postData() ?? ''),
    );
    await box.fill('lido of Ostia');
    await answer;
    await this.card.first().waitFor();
    // every column answers for itself, and a person looks before they reach out
    await this.#page.waitForTimeout(700);
  }

  /** By the menu of the card, to where deals are lost. @returns The dialog that asks why. */
  async lose(): Promise<Locator> {
    await this.card.locator('.card-open').focus();
    await this.#page.keyboard.press('m');
    const role = (name: 'menuitem' | 'menuitemradio'): Locator => this.#page.getByRole(name, { name: 'Persa' });
    await role('menuitem').or(role('menuitemradio')).click();
    const dialog = this.#page.getByRole('dialog');
    await dialog.waitFor();
    return dialog;
  }

  /** The first reason there is. */
  async giveReason(dialog: Locator): Promise<void> {
    await dialog.getByRole('combobox').first().selectOption({ index: 1 });
    for (const box of await dialog.getByRole('textbox').all()) await box.fill('Too dear');
    await dialog.getByRole('button', { name: 'Move' }).click();
  }

  /** By mouse, in steps, as a hand does. */
  async drag(stage: string): Promise<void> {
    const from = await placeOf(this.card);
    const to = await placeOf(this.column(stage));
    const { mouse } = this.#page;
    await mouse.move(from.x + 60, from.y + 30);
    await mouse.down();
    await mouse.move(from.x + 90, from.y + 40, { steps: 4 });
    await mouse.move(to.x + to.width / 2, to.y + 120, { steps: 12 });
    await mouse.up();
  }

  /** By keyboard: focus, space, arrows, space. */
  async carry(...keys: readonly string[]): Promise<void> {
    await this.card.locator('.card-open').focus();
    await this.#page.keyboard.press('Space');
    await this.#page
      .locator('crm-pipeline-board')
      .getByText(/picked up/)
      .waitFor();
    for (const key of [...keys, 'Space']) await this.#page.keyboard.press(key);
  }
}

/** Where it is, as soon as it is to be seen: whoever drags looks first. */
const placeOf = async (what: Locator): Promise<Box> => {
  for (;;) {
    await what.waitFor();
    const box = await what.boundingBox();
    if (box) return box;
  }
};

type Box = NonNullable<Awaited<ReturnType<Locator['boundingBox']>>>;
