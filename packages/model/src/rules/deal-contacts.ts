const deciding = ['decision_maker', 'economic_buyer'];

/** Whether nobody among those who have a say in a deal decides: worth a hint before an offer goes out. */
export const lacksDecisionMaker = (contacts: readonly { readonly role: string }[]): boolean =>
  !contacts.some(({ role }) => deciding.includes(role));
