import { address } from '../../kinds/address.ts';
import { anyLink } from '../../kinds/any-link.ts';
import { anyLinks } from '../../kinds/any-links.ts';
import { choice } from '../../kinds/choice.ts';
import { computed } from '../../kinds/computed.ts';
import { datetime } from '../../kinds/datetime.ts';
import { duration } from '../../kinds/duration.ts';
import { geo } from '../../kinds/geo.ts';
import { grid } from '../../kinds/grid.ts';
import { link } from '../../kinds/link.ts';
import { links } from '../../kinds/links.ts';
import { longtext } from '../../kinds/longtext.ts';
import { state } from '../../kinds/state.ts';
import { tags } from '../../kinds/tags.ts';
import { text } from '../../kinds/text.ts';
import { timezone } from '../../kinds/timezone.ts';
import { toggle } from '../../kinds/toggle.ts';
import { url } from '../../kinds/url.ts';
import { defineModule } from '../../module.ts';
import { dateOrder } from '../../rules/date-order.ts';
import { makerOrganizes, outcomeAfterwards, settling } from '../../rules/events.ts';
import { eventHeld } from '../../rules/last-activity.ts';
import { eventGone, eventPlanned } from '../../rules/next-activity.ts';
import { placeOf } from '../../rules/sites.ts';
import { sentiments } from '../parties/sentiments.ts';
import { channels } from './channels.ts';
import { priorities } from './priorities.ts';

/** Something at a time: a meeting, a call, a visit. */
export const events = /* @__PURE__ */ defineModule('events', {
  area: 'activities',
  title: ['subject'],
  search: ['subject', 'location', 'outcomeNotes'],
  // prettier-ignore
  fields: {
    subject:        text({ required: true }),
    type:           choice(['meeting', 'call', 'visit', 'onsite_meeting', 'appointment', 'webinar', 'demo', 'service', 'other'], { required: true }),
    start:          datetime({ required: true, indexed: true }),
    end:            datetime({ required: true, indexed: true }),
    allDay:         toggle({ default: false }),
    timeZone:       timezone({ rare: true }),
    location:       text(),
    address:        address(),
    geo:            computed(geo(), ['address'], placeOf),
    onlineUrl:      url(),
    organizer:      link('users', { filled: true, indexed: true }),
    participants:   grid({ columns: { party: anyLink({ to: ['contacts', 'users', 'leads', 'accounts'], required: true }), required: toggle({ default: true }), response: choice(['none', 'accepted', 'tentative', 'declined']), notified: toggle({ default: false }) } }),
    related:        anyLinks({ to: 'any', indexed: true }),
    deal:           link('deals', { onDelete: 'detach', indexed: true }),
    account:        link('accounts', { onDelete: 'detach', indexed: true }),
    contact:        link('contacts', { onDelete: 'detach', indexed: true }),
    case:           link('tickets', { onDelete: 'detach' }),
    campaignMember: link('campaignMembers', { rare: true }),
    subjects:       links('subjects', { rare: true }),
    status:         state({
                      planned: ['held', 'not_held', 'no_show', 'cancelled'],
                      held: ['planned'],
                      not_held: [],
                      cancelled: [],
                      no_show: [],
                    }, { closed: ['held', 'not_held', 'cancelled', 'no_show'], tones: { held: 'ok', not_held: 'warn', no_show: 'bad' }, indexed: true }),
    settledAt:      datetime({ readonly: true }),
    outcome:        link('outcomes'),
    outcomeNotes:   longtext(),
    sentiment:      choice(sentiments, { readonly: true }),
    reminders:      grid({ columns: { before: duration({ required: true }), channel: choice(channels) }, rare: true }),
    recurrence:     text({ rare: true }),
    excludedDates:  tags({ rare: true }),
    seriesId:       text({ max: 36, rare: true }),
    busy:           choice(['busy', 'free', 'tentative', 'out_of_office'], { default: 'busy', rare: true }),
    visibility:     choice(['public', 'busy_only', 'private'], { default: 'public', rare: true }),
    priority:       choice(priorities, { rare: true }),
    icsUid:         text({ rare: true }),
    booking:        link('bookings', { rare: true }),
    travelBefore:   duration({ rare: true }),
    travelAfter:    duration({ rare: true }),
    description:    longtext(),
  },
  list: ['start', 'subject', 'type', 'related', 'location', 'outcome'],
  card: ['start', 'address', 'participants'],
  board: 'status',
  calendar: ['start', 'end'],
  rules: [
    makerOrganizes,
    /* @__PURE__ */ dateOrder({ id: 'events.end-after-start', from: 'start', to: 'end' }),
    settling,
    outcomeAfterwards,
    eventHeld,
    eventPlanned,
    eventGone,
  ],
});
