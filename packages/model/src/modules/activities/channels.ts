/** By which way a person is reminded of something. */
export const channels = ['popup', 'email', 'push', 'sms'] as const;
