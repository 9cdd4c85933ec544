import type { Kind } from '../kind.ts';
import { addressKind } from './address.ts';
import { anyLinkKind } from './any-link.ts';
import { anyLinksKind } from './any-links.ts';
import { areaKind } from './area.ts';
import { autonumberKind } from './autonumber.ts';
import { choiceKind } from './choice.ts';
import { choicesKind } from './choices.ts';
import { colorKind } from './color.ts';
import { countryKind } from './country.ts';
import { currencyKind } from './currency.ts';
import { dateKind } from './date.ts';
import { datetimeKind } from './datetime.ts';
import { decimalKind } from './decimal.ts';
import { durationKind } from './duration.ts';
import { emailKind } from './email.ts';
import { emailsKind } from './emails.ts';
import { fileKind } from './file.ts';
import { filesKind } from './files.ts';
import { geoKind } from './geo.ts';
import { gridKind } from './grid.ts';
import { imageKind } from './image.ts';
import { integerKind } from './integer.ts';
import { jsonKind } from './json.ts';
import { languageKind } from './language.ts';
import { linesKind } from './lines.ts';
import { linkKind } from './link.ts';
import { linksKind } from './links.ts';
import { longtextKind } from './longtext.ts';
import { moneyKind } from './money.ts';
import { nameKind } from './name.ts';
import { ownerKind } from './owner.ts';
import { percentKind } from './percent.ts';
import { phoneKind } from './phone.ts';
import { phonesKind } from './phones.ts';
import { ratingKind } from './rating.ts';
import { richtextKind } from './richtext.ts';
import { secretKind } from './secret.ts';
import { signatureKind } from './signature.ts';
import { stateKind } from './state.ts';
import { tagsKind } from './tags.ts';
import { textKind } from './text.ts';
import { timeKind } from './time.ts';
import { timezoneKind } from './timezone.ts';
import { toggleKind } from './toggle.ts';
import { urlKind } from './url.ts';

/** Every kind by its name, to revive definitions from JSON. Import single kinds wherever you know which you need. */
export const kindsByName: Readonly<Record<string, Kind>> = {
  address: addressKind,
  anyLink: anyLinkKind,
  anyLinks: anyLinksKind,
  area: areaKind,
  autonumber: autonumberKind,
  choice: choiceKind,
  choices: choicesKind,
  color: colorKind,
  country: countryKind,
  currency: currencyKind,
  date: dateKind,
  datetime: datetimeKind,
  decimal: decimalKind,
  duration: durationKind,
  email: emailKind,
  emails: emailsKind,
  file: fileKind,
  files: filesKind,
  geo: geoKind,
  grid: gridKind,
  image: imageKind,
  integer: integerKind,
  json: jsonKind,
  language: languageKind,
  lines: linesKind,
  link: linkKind,
  links: linksKind,
  longtext: longtextKind,
  money: moneyKind,
  name: nameKind,
  owner: ownerKind,
  percent: percentKind,
  phone: phoneKind,
  phones: phonesKind,
  rating: ratingKind,
  richtext: richtextKind,
  secret: secretKind,
  signature: signatureKind,
  state: stateKind,
  tags: tagsKind,
  text: textKind,
  time: timeKind,
  timezone: timezoneKind,
  toggle: toggleKind,
  url: urlKind,
};
