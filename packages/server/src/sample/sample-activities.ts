import { eventSubjects, noteBodies, outcomeNotes, taskSubjects } from './phrases.ts';
import type { Staff } from './sample-people.ts';
import { daysKnown, type Party } from './sample-parties.ts';
import { day, isoDate, isoInstant, type SamplePlan } from './sample-plan.ts';

interface Setting {
  readonly staff: Staff;
  readonly parties: readonly Party[];
}

const half = 1_800_000;

const addTask = (plan: SamplePlan, { staff, parties }: Setting): void => {
  const { random } = plan;
  const { subject, type } = random.pick(taskSubjects);
  const party = random.pick(parties);
  const at = plan.between(Math.min(40, daysKnown(party, plan.now)), 0);
  const due = at + random.integer(1, 30) * day;
  const user = random.chance(0.8) ? party.owner.id : random.pick(staff.everybody);
  const isDone = due < plan.now && random.chance(0.7);
  const values = {
    subject: `${subject}: ${party.name}`.slice(0, 255),
    type,
    assignees: [{ module: 'users', id: user }],
    status: random.pick(['not_started', 'not_started', 'in_progress', 'waiting']),
    priority: random.pick(['low', 'normal', 'normal', 'high', 'urgent']),
    dueDate: isoDate(due),
    account: party.account,
    contact: party.contacts[0] ?? null,
    related: [{ module: 'accounts', id: party.account }],
    owner: { type: 'user', id: user },
  };
  const id = plan.create('tasks', values, { at, by: user });
  if (isDone) plan.update('tasks', id, { status: 'completed' }, { at: due, by: user });
};

const addEvent = (plan: SamplePlan, { parties }: Setting): void => {
  const { random } = plan;
  const { subject, type } = random.pick(eventSubjects);
  const party = random.pick(parties);
  const start = Math.floor(plan.between(Math.min(90, daysKnown(party, plan.now)), -30) / half) * half;
  const end = start + random.integer(1, 4) * half;
  const isPast = end < plan.now;
  const isHeld = isPast && random.chance(0.85);
  const values = {
    subject: `${subject} – ${party.name}`.slice(0, 255),
    type,
    start: isoInstant(start),
    end: isoInstant(end),
    organizer: party.owner.id,
    account: party.account,
    contact: party.contacts[0] ?? null,
    related: [{ module: 'accounts', id: party.account }],
    location: type === 'call' ? null : random.pick(['Sede del cliente', 'Showroom', 'Videoconferenza']),
    status: isHeld ? 'held' : isPast ? random.pick(['not_held', 'cancelled']) : 'planned',
    outcomeNotes: isHeld ? random.pick(outcomeNotes) : null,
    owner: party.owner,
  };
  plan.create('events', values, { at: isPast ? end : plan.between(6, 1), by: party.owner.id });
};

const addNote = (plan: SamplePlan, { parties }: Setting): void => {
  const party = plan.random.pick(parties);
  const values = {
    record: { module: 'accounts', id: party.account },
    body: plan.random.pick(noteBodies),
    kind: 'note',
    pinned: plan.random.chance(0.1),
  };
  plan.create('notes', values, { at: plan.between(daysKnown(party, plan.now), 0), by: party.owner.id });
};

/** Makes what people have to do, where they are to be, and what they wrote down. */
export const addActivities = (
  plan: SamplePlan,
  setting: Setting,
  count: { readonly tasks: number; readonly events: number; readonly notes: number },
): void => {
  for (let index = 0; index < count.tasks; index++) addTask(plan, setting);
  for (let index = 0; index < count.events; index++) addEvent(plan, setting);
  for (let index = 0; index < count.notes; index++) addNote(plan, setting);
};
