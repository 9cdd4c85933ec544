import type { Visit } from './visit.ts';

/** What stands in the form's subject. */
export const subjectOf = (visit: Visit): Promise<string | undefined> =>
  visit.tab.evaluate(() => (hostile.find('form', 'textbox', 'Subject') as HTMLInputElement | undefined)?.value);

/** Waits until nothing was asked for a second. */
export const calmDown = (visit: Visit): Promise<void> =>
  visit.tab.evaluate(async () => {
    const count = (): number => performance.getEntriesByType('resource').length;
    for (let before = -1; before < count();) {
      before = count();
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
  });

/** Every question for records that the page has asked so far. */
export const questionsOf = (visit: Visit): Promise<readonly string[]> =>
  visit.tab.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .flatMap(({ name }) => (/\/v1\/.*(query|aggregate|contacts)/.test(name) ? [name] : [])),
  );
