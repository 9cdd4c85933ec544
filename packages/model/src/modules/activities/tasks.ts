import { anyLinks } from '../../kinds/any-links.ts';
import { choice } from '../../kinds/choice.ts';
import { date } from '../../kinds/date.ts';
import { datetime } from '../../kinds/datetime.ts';
import { duration } from '../../kinds/duration.ts';
import { grid } from '../../kinds/grid.ts';
import { link } from '../../kinds/link.ts';
import { links } from '../../kinds/links.ts';
import { longtext } from '../../kinds/longtext.ts';
import { percent } from '../../kinds/percent.ts';
import { state } from '../../kinds/state.ts';
import { text } from '../../kinds/text.ts';
import { time } from '../../kinds/time.ts';
import { toggle } from '../../kinds/toggle.ts';
import { defineModule } from '../../module.ts';
import { dateOrder } from '../../rules/date-order.ts';
import { taskDone } from '../../rules/last-activity.ts';
import { taskDue, taskGone } from '../../rules/next-activity.ts';
import { complete, completion, ownerIsAssignee } from '../../rules/tasks.ts';
import { channels } from './channels.ts';
import { priorities } from './priorities.ts';
import { taskTypes } from './task-types.ts';

/** Something to be done, by one or several people, with or without a date. */
export const tasks = /* @__PURE__ */ defineModule('tasks', {
  area: 'activities',
  title: ['subject'],
  search: ['subject', 'description'],
  // prettier-ignore
  fields: {
    subject:        text({ required: true }),
    type:           choice(taskTypes, { default: 'todo' }),
    assignees:      anyLinks({ to: ['users', 'groups'], filled: true, indexed: true }),
    completionMode: choice(['any', 'all'], { default: 'any', rare: true }),
    completedBy:    links('users', { rare: true }),
    status:         state({
                      not_started: ['in_progress', 'completed', 'deferred', 'cancelled'],
                      in_progress: ['waiting', 'completed', 'deferred', 'cancelled'],
                      waiting: ['in_progress', 'completed'],
                      deferred: ['in_progress'],
                      completed: ['in_progress'],
                      cancelled: [],
                    }, { closed: ['completed', 'cancelled'], tones: { in_progress: 'info', waiting: 'warn', completed: 'ok' }, indexed: true }),
    progress:       percent({ default: '0.00' }),
    priority:       choice(priorities, { default: 'normal', indexed: true, tones: { high: 'warn', urgent: 'bad' } }),
    startDate:      date(),
    dueDate:        date({ indexed: true }),
    dueTime:        time({ rare: true }),
    completedAt:    datetime({ readonly: true }),
    planned:        duration({ rare: true }),
    actual:         duration({ readonly: true }),
    related:        anyLinks({ to: 'any', indexed: true }),
    contact:        link('contacts', { onDelete: 'detach', indexed: true }),
    account:        link('accounts', { onDelete: 'detach', indexed: true }),
    subjects:       links('subjects', { rare: true }),
    participants:   anyLinks({ to: ['contacts', 'users'], rare: true }),
    notify:         grid({ columns: { before: duration({ required: true }), channel: choice(channels), whom: choice(['assignees', 'owner', 'participants']) }, rare: true }),
    recurrence:     text({ rare: true }),
    parent:         link('tasks', { onDelete: 'cascade', indexed: true }),
    checklist:      grid({ columns: { text: text({ required: true }), done: toggle({ default: false }) } }),
    campaignMember: link('campaignMembers', { rare: true }),
    visibility:     choice(['public', 'private'], { default: 'public', rare: true }),
    description:    longtext(),
  },
  many: {
    children: { module: 'tasks', by: 'parent' },
  },
  list: ['subject', 'dueDate', 'status', 'priority', 'related', 'assignees'],
  card: ['dueDate', 'status', 'priority'],
  board: 'status',
  calendar: ['dueDate'],
  rules: [
    ownerIsAssignee,
    /* @__PURE__ */ dateOrder({ id: 'tasks.dates', from: 'startDate', to: 'dueDate', orEqual: true }),
    completion,
    taskDone,
    taskDue,
    taskGone,
  ],
  actions: { complete },
});
