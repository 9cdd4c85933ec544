// Shapes from Lucide, ISC licence: see LICENSE.lucide.
// To a tenth, which nobody sees at their size; apart from the others, because a page pays for them before its first card.
import { icon } from './icon.ts';

const mail = 'M22 7l-9 5.7a2 2 0 0 1-2 0L2 7M4 4h16a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2z';
const phone =
  'M13.8 16.6a1 1 0 0 0 1.2-.3l.4-.5A2 2 0 0 1 17 15h3a2 2 0 0 1 2 2v3a2 2 0 0 1-2 2A18 18 0 0 1 2 4a2 2 0 0 1 2-2h3a2 2 0 0 1 2 2v3a2 2 0 0 1-.8 1.6l-.5.4a1 1 0 0 0-.3 1.2 14 14 0 0 0 6.4 6.4';
/** Through what must not be used. */
const stroke = 'M22 2 2 22';

export const iconCompany = /* @__PURE__ */ icon(
  'M10 12h4M10 8h4M14 21v-3a2 2 0 0 0-4 0v3M6 10H4a2 2 0 0 0-2 2v7a2 2 0 0 0 2 2h16a2 2 0 0 0 2-2V9a2 2 0 0 0-2-2h-2M6 21V5a2 2 0 0 1 2-2h8a2 2 0 0 1 2 2v16',
);
export const iconPlace = /* @__PURE__ */ icon(
  'M20 10c0 5-5.5 10.2-7.4 11.8a1 1 0 0 1-1.2 0C9.5 20.2 4 15 4 10a8 8 0 0 1 16 0M9 10a3 3 0 1 0 6 0a3 3 0 1 0-6 0',
);
export const iconMail = /* @__PURE__ */ icon(mail);
export const iconMailOff = /* @__PURE__ */ icon(mail + stroke);
export const iconPhone = /* @__PURE__ */ icon(phone);
export const iconPhoneOff = /* @__PURE__ */ icon(phone + stroke);
