/** How a party first came to know of us. */
// prettier-ignore
export const leadSources = [
  'web', 'event', 'fair', 'referral', 'partner', 'cold_call', 'advert', 'social', 'chat', 'mail', 'purchase_list',
  'existing_customer', 'word_of_mouth', 'other',
] as const;
