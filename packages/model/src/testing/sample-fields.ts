import type { Field } from '../kind.ts';
import { address } from '../kinds/address.ts';
import { anyLink } from '../kinds/any-link.ts';
import { anyLinks } from '../kinds/any-links.ts';
import { area } from '../kinds/area.ts';
import { autonumber } from '../kinds/autonumber.ts';
import { choice } from '../kinds/choice.ts';
import { choices } from '../kinds/choices.ts';
import { color } from '../kinds/color.ts';
import { country } from '../kinds/country.ts';
import { currency } from '../kinds/currency.ts';
import { date } from '../kinds/date.ts';
import { datetime } from '../kinds/datetime.ts';
import { decimal } from '../kinds/decimal.ts';
import { duration } from '../kinds/duration.ts';
import { email } from '../kinds/email.ts';
import { emails } from '../kinds/emails.ts';
import { file } from '../kinds/file.ts';
import { files } from '../kinds/files.ts';
import { geo } from '../kinds/geo.ts';
import { grid } from '../kinds/grid.ts';
import { image } from '../kinds/image.ts';
import { integer } from '../kinds/integer.ts';
import { json } from '../kinds/json.ts';
import { language } from '../kinds/language.ts';
import { lines } from '../kinds/lines.ts';
import { link } from '../kinds/link.ts';
import { links } from '../kinds/links.ts';
import { longtext } from '../kinds/longtext.ts';
import { money } from '../kinds/money.ts';
import { name } from '../kinds/name.ts';
import { owner } from '../kinds/owner.ts';
import { percent } from '../kinds/percent.ts';
import { phone } from '../kinds/phone.ts';
import { phones } from '../kinds/phones.ts';
import { rating } from '../kinds/rating.ts';
import { richtext } from '../kinds/richtext.ts';
import { secret } from '../kinds/secret.ts';
import { signature } from '../kinds/signature.ts';
import { state } from '../kinds/state.ts';
import { tags } from '../kinds/tags.ts';
import { text } from '../kinds/text.ts';
import { time } from '../kinds/time.ts';
import { timezone } from '../kinds/timezone.ts';
import { toggle } from '../kinds/toggle.ts';
import { url } from '../kinds/url.ts';

/** At least one field of every kind, and more where options change what it does. */
// prettier-ignore
export const sampleFields = {
  address:        address(),
  anyLink:        anyLink({ to: 'any' }),
  anyLinkOfTwo:   anyLink({ to: ['accounts', 'contacts'] }),
  anyLinks:       anyLinks({ to: ['accounts', 'salesOrders'] }),
  area:           area(),
  autonumber:     autonumber({ prefix: 'QUO-' }),
  choice:         choice(['hot', 'warm', 'notInterested', 'on-hold']),
  choices:        choices(['email', 'phone', 'inPerson', 'fair_2026']),
  color:          color(),
  country:        country(),
  currency:       currency(),
  date:           date(),
  datetime:       datetime(),
  decimal:        decimal(),
  decimalShort:   decimal({ digits: 2, precision: 5 }),
  decimalWhole:   decimal({ digits: 0 }),
  decimalSmall:   decimal({ digits: 6, precision: 12, min: -10, max: 10 }),
  duration:       duration(),
  durationSigned: duration({ min: -100_000 }),
  email:          email(),
  emails:         emails(),
  file:           file({ accept: '.pdf' }),
  files:          files(),
  geo:            geo(),
  grid:           grid({ columns: { from: date({ required: true }), rate: percent(), note: text({ max: 40 }), open: toggle() } }),
  image:          image(),
  integer:        integer(),
  integerBelow:   integer({ max: -2_000_000 }),
  integerAbove:   integer({ min: 5_000_000_000 }),
  integerSmall:   integer({ min: -5, max: 5 }),
  json:           json(),
  language:       language(),
  lines:          lines(),
  link:           link('accounts'),
  links:          links('contacts'),
  longtext:       longtext(),
  longtextShort:  longtext({ max: 5 }),
  money:          money(),
  moneyPrecise:   money({ digits: 4 }),
  name:           name(),
  owner:          owner(),
  percent:        percent(),
  percentSigned:  percent({ digits: 3, min: -100, max: 1000 }),
  phone:          phone(),
  phones:         phones(),
  rating:         rating(),
  ratingOfTen:    rating({ max: 10 }),
  richtext:       richtext(),
  secret:         secret(),
  signature:      signature(),
  state:          state({ new: ['offer', 'lost'], offer: ['won', 'lost'], won: [], lost: ['new'] }, { closed: ['won', 'lost'] }),
  tags:           tags(),
  text:           text(),
  textShort:      text({ max: 3 }),
  time:           time(),
  timezone:       timezone(),
  toggle:         toggle(),
  url:            url(),
} as const satisfies Readonly<Record<string, Field>>;
