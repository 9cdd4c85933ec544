/** What may be amiss, by a code that stays: how bad it is, what is the case, and what to do about it. */
const causes = {
  'browser-offline': [
    'problem',
    'The browser says that this device has no network.',
    'Nothing: work goes on by itself when the network is back.',
  ],
  'csp-blocks-backend': [
    'problem',
    'The Content-Security-Policy of this page forbids requests to {subject}.',
    'Add the origin of the backend to the directive `{detail}` of the page.',
  ],
  'csp-blocks-files': [
    'problem',
    'The Content-Security-Policy of this page forbids the file {subject} of this library.',
    'Add the place of the library’s files to the directive `{detail}` of the page.',
  ],
  'trusted-types-blocked': [
    'problem',
    'This page enforces Trusted Types and does not allow what the library does ({detail}).',
    'Allow the policy `lit-html` in the directive `trusted-types` of the page, or load the library by `auto.js`.',
  ],
  'mixed-content': [
    'problem',
    'This page came by https, and the backend {subject} is asked by http, which browsers block.',
    'Give the address of the backend with https.',
  ],
  'cors-blocked': [
    'problem',
    'A server answers at {subject}, but does not let pages of {detail} read its answers (CORS).',
    'Add that origin to the `origins` of the token or to TESSERA_ORIGINS of the server; if it is no Tessera server, correct the address.',
  ],
  'server-down': [
    'problem',
    'Nothing answers at {subject}: the server is down, its name is wrong, or a firewall or an extension is in the way.',
    'Open the address in another tab; if that fails too, the server or the network is the cause.',
  ],
  'server-slow': [
    'problem',
    'The server {subject} did not answer within {detail} seconds.',
    'Look at the load of the server, and at what lies between it and this device.',
  ],
  'server-error': [
    'problem',
    'The server {subject} answers with an error of its own: {detail}.',
    'Look into the log of the server; a request id, if there is one, stands there.',
  ],
  'server-refuses': [
    'problem',
    'The server {subject} refuses this page or person: {detail}.',
    'Look at the rights, the scope and the origins that the token was made with.',
  ],
  'wrong-address': [
    'problem',
    'Something answers at {subject}, but it is no Tessera server: {detail}.',
    'Correct the address of the backend, under which `/v1` has to lie; a sign-in page or a proxy may be in the way.',
  ],
  'files-not-loaded': [
    'problem',
    'A file of this library could not be loaded: {detail}.',
    'See whether the files of the library lie complete where the page expects them.',
  ],
  'token-missing': [
    'problem',
    'Nobody told this page how to get tokens for {subject}.',
    'Give the option `getToken`, or `data-token-url` to the script tag.',
  ],
  'token-nobody': [
    'problem',
    'The page says that nobody is signed in, so there is no token for {subject}.',
    'Sign in; if somebody is, see what the page’s own server answers when it is asked for a token.',
  ],
  'token-failed': [
    'problem',
    'The page could get no token for {subject}: {detail}.',
    'See what the page’s own server answers when it is asked for a token. A SyntaxError is usually a page of HTML.',
  ],
  'token-slow': [
    'problem',
    'The page did not give a token for {subject} in time.',
    'See how long the page’s own server takes when it is asked for a token.',
  ],
  'token-rejected': [
    'problem',
    'The server {subject} does not take the token that the page gives: {detail}.',
    'See which key, tenant and origins it was made with, and whether it has ended already.',
  ],
  'clock-skew': [
    'notice',
    'The clock of this device is {detail} than that of {subject}.',
    'Tokens and synchronisation do not depend on it, but times that people read do: set the clock of the device.',
  ],
  'storage-off': [
    'notice',
    'Nothing of {subject} is kept on this device, because the option `cache` says so.',
    'Give `cache: { mode: "auto" }` if people are to work offline.',
  ],
  'storage-in-memory': [
    'notice',
    'What is kept of {subject} is gone when the page is left, because the option `cache` says so.',
    'Give `cache: { mode: "auto" }` if people are to work offline.',
  ],
  'storage-without-identity': [
    'notice',
    'Nothing of {subject} is kept on this device, because the page does not say who works here.',
    'Give the option `identity`, or `data-user` to the script tag.',
  ],
  'storage-sandboxed': [
    'notice',
    'This page is in a sandboxed frame without an origin of its own, where browsers keep nothing.',
    'Add `allow-same-origin` to the frame if people are to work offline in it.',
  ],
  'storage-refused': [
    'notice',
    'The browser keeps nothing for this page ({detail}): a frame of another site, a private window, or a setting.',
    'Work goes on from memory. Allow storage for this site, or open the page by itself.',
  ],
  'storage-full': [
    'notice',
    'There is no room left for this site on this device ({detail}).',
    'Free some, or remove what other parts of the site keep. Work goes on from memory.',
  ],
  'storage-failed': [
    'notice',
    'The database of {subject} could not be opened, or was deleted under the page; work goes on from memory.',
    'Send what waits, then load the page again.',
  ],
  'records-drifted': [
    'notice',
    'On this page {detail} records of {subject} were not as the server had them, though it should have told so; they were fetched anew.',
    'Nothing for now. If it comes again, tell whoever runs the server: messages of its feed get lost.',
  ],
  'tag-without-code': [
    'problem',
    'The tag <{subject}> is on this page but has no code.',
    'Call `define("{detail}")`, and look whether its file could be loaded.',
  ],
  'define-taken': [
    'problem',
    'The tag <{subject}> has no code: a script of this page has put a function of its own in the place of `customElements.define`.',
    'Load this library before that script, or correct the script so that it registers every tag.',
  ],
  'script-tag-missing': [
    'problem',
    'The file {subject} ran, but no script tag of the page names it, so that nothing was set up.',
    'Leave the tag where it is until the page is loaded, and let it name the file as it is served; something such as a consent manager may take it away.',
  ],
  'tag-unknown': [
    'problem',
    'The tag <{subject}> is on this page but this version has no such element.',
    'Look for a mistake in its name.',
  ],
  'tag-conflict': ['problem', 'The tag <{subject}> belongs to something else on this page.', 'Give another `prefix`.'],
  'tag-not-rendered': [
    'problem',
    'The page does not show its <{subject}>: a style of the page hides it or something around it.',
    'Look for `display: none`, `visibility`, `content-visibility` or an `opacity` of 0 from there upwards.',
  ],
  'prefix-shared': [
    'problem',
    'Several versions of this library share the prefix {subject}: {detail}. Its tags belong to the one that came first.',
    'Give all but one of them another `prefix`, or load one version only.',
  ],
  'several-versions': [
    'notice',
    'Several versions of this library are on this page: {detail}.',
    'They do not disturb each other with different prefixes; one version loads faster.',
  ],
  'several-copies': ['notice', 'This library was loaded several times: {detail}.', 'Load it once, from one place.'],
} as const satisfies Readonly<Record<string, readonly ['problem' | 'notice', message: string, hint: string]>>;

export type FindingCode = keyof typeof causes;

/** One thing that is amiss. */
export interface Finding {
  /** To branch on and to look up; stays. */
  readonly code: FindingCode;
  /** `problem`: something does not work · `notice`: it works, but less well than it could. */
  readonly severity: 'problem' | 'notice';
  /** What it is about: an address, a tag, the name of a backend. */
  readonly subject: string;
  /** What is the case, in an English sentence. */
  readonly message: string;
  /** What to do about it. */
  readonly hint: string;
}

/** @param detail - What the sentence of this code has a place for. */
export const finding = (code: FindingCode, subject: string, detail = ''): Finding => {
  const [severity, message, hint] = causes[code];
  const fill = (text: string): string => text.replaceAll('{subject}', subject).replaceAll('{detail}', detail);
  return { code, severity, subject, message: fill(message), hint: fill(hint) };
};
