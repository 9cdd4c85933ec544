// The command `send-touch` of the browser tests: real touches, as the browser gets them from a screen.

/** @returns A plugin for Web Test Runner; the payload is that of `Input.dispatchTouchEvent` of the DevTools protocol. */
export const touchCommand = () => {
  const sessions = new WeakMap();
  return {
    name: 'touch-command',
    async executeCommand({ command, payload, session }) {
      if (command !== 'send-touch') return undefined;
      const page = session.browser.getPage(session.id);
      // A touch lasts over several commands, and only in the session that began it
      if (!sessions.has(page)) sessions.set(page, await page.context().newCDPSession(page));
      await sessions.get(page).send('Input.dispatchTouchEvent', payload);
      return true;
    },
  };
};
