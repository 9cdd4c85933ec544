import type { Page } from 'playwright-core';
import { Board } from './board.ts';
import type { Site } from './site.ts';
import { contactName, eventually, stageOf, type World } from './world.ts';

export const tags = [
  'crm-pipeline-board',
  'crm-record-list',
  'crm-contact-card',
  'crm-ticket-form',
  'crm-sync-status',
  'crm-conflicts',
];

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** One of each. */
export const allElements = ({ contact }: World): string => `
  <crm-pipeline-board pipeline="default"></crm-pipeline-board>
  <crm-record-list module="contacts" columns="name,primaryAccount,jobTitle" search></crm-record-list>
  <crm-contact-card record="${contact}"></crm-contact-card>
  <form><crm-ticket-form name="ticket" mirror-inputs draft-key="off"></crm-ticket-form></form>
  <crm-sync-status></crm-sync-status>
  <crm-conflicts></crm-conflicts>`;

type Look = () => Promise<void>;

interface Place {
  readonly site: Site;
  readonly world: World;
}

/**
 * Uses every element as people do: drags and moves a deal, answers why it was lost, searches, sends a ticket with a
 * file.
 *
 * @param look - Called after each step.
 */
export const useEach = async (page: Page, place: Place, look: Look = async () => {}): Promise<void> => {
  await page.locator('crm-contact-card').getByRole('heading', { name: contactName }).waitFor();
  await useBoard(new Board(page), page, place, look);
  await useList(page, look);
  await useForm(page, look);
};

const useBoard = async (board: Board, page: Page, { site, world }: Place, look: Look): Promise<void> => {
  await board.search();
  await look();
  await board.drag('Qualificata');
  await board.cardIn('Qualificata').waitFor();
  await eventually('it is qualified', async () => (await stageOf(site, world.deal)) === 'Qualificata');
  await look();
  await board.card.locator('.card-open').focus();
  await page.keyboard.press('m');
  await page.getByRole('menu').waitFor();
  await look();
  await page.keyboard.press('Escape');
  const dialog = await board.lose();
  await look();
  await board.giveReason(dialog);
  await eventually('it is lost', async () => (await stageOf(site, world.deal)) === 'Persa');
  await dialog.waitFor({ state: 'detached' });
  await look();
};

const useList = async (page: Page, look: Look): Promise<void> => {
  const list = page.locator('crm-record-list');
  await list.getByRole('searchbox').fill('quintarelli');
  await list.getByRole('button', { name: contactName }).waitFor();
  await look();
};

const useForm = async (page: Page, look: Look): Promise<void> => {
  const form = page.locator('crm-ticket-form');
  await form.getByLabel('Subject').fill('The lamp hums');
  await form.locator('input[type="file"]').setInputFiles({ name: 'lamp.png', mimeType: 'image/png', buffer: png });
  await form.getByText('lamp.png').first().waitFor();
  await look();
  await form.getByRole('button', { name: 'Send', exact: true }).click();
  await form.getByText(/Ticket \S+ received/).waitFor();
  await look();
};
