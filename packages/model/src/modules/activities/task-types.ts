/** What kind of work a task is. */
export const taskTypes = ['todo', 'call', 'email', 'visit', 'document', 'payment', 'follow_up', 'other'] as const;
