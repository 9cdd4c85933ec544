/** From what can wait to what cannot. */
export const priorities = ['low', 'normal', 'high', 'urgent'] as const;
