import { autonumber } from '../../kinds/autonumber.ts';
import { choice } from '../../kinds/choice.ts';
import { computed } from '../../kinds/computed.ts';
import { date } from '../../kinds/date.ts';
import { decimal } from '../../kinds/decimal.ts';
import { file } from '../../kinds/file.ts';
import { files } from '../../kinds/files.ts';
import { grid } from '../../kinds/grid.ts';
import { integer } from '../../kinds/integer.ts';
import { link } from '../../kinds/link.ts';
import { links } from '../../kinds/links.ts';
import { money } from '../../kinds/money.ts';
import { percent } from '../../kinds/percent.ts';
import { richtext } from '../../kinds/richtext.ts';
import { tags } from '../../kinds/tags.ts';
import { text } from '../../kinds/text.ts';
import { toggle } from '../../kinds/toggle.ts';
import { url } from '../../kinds/url.ts';
import { defineModule } from '../../module.ts';
import { dateOrder } from '../../rules/date-order.ts';
import { availabilityOf, availableOf, offeredToday } from '../../rules/products.ts';
import { characteristics } from '../parties/characteristics.ts';

/** A good that we sell, with its price and stock. */
export const products = /* @__PURE__ */ defineModule('products', {
  area: 'billing',
  title: ['sku', 'name'],
  search: ['sku', 'name', 'number', 'barcode', 'manufacturerPartNo', 'shortDescription'],
  // prettier-ignore
  fields: {
    name:               text({ required: true, max: 200 }),
    sku:                text({ max: 60, unique: true }),
    number:             autonumber({ prefix: 'ART' }),
    barcode:            text({ max: 60 }),
    category:           link('categories', { indexed: true }),
    type:               choice(['stocked', 'non_stocked', 'consumable', 'virtual'], { default: 'stocked' }),
    manufacturer:       text(),
    manufacturerPartNo: text({ max: 60 }),
    active:             toggle({ default: true, indexed: true }),
    saleFrom:           date({ rare: true }),
    saleTo:             date({ rare: true }),
    supportFrom:        date({ rare: true }),
    supportTo:          date({ rare: true }),
    unit:               choice(['pz', 'kg', 'g', 'm', 'm2', 'm3', 'l', 'h', 'd', 'box', 'pack', 'set', 'page', 'other']),
    unitsPerPack:       decimal({ digits: 4, rare: true }),
    shortDescription:   text(),
    description:        richtext(),
    images:             files({ accept: 'image/*' }),
    datasheet:          file(),
    website:            url({ rare: true }),

    price:              money({ required: true, digits: 4 }),
    prices:             grid({ columns: { price: money({ required: true, digits: 4 }) }, rare: true }),
    cost:               money({ digits: 4, sensitive: true }),
    costMethod:         choice(['fixed', 'average', 'last'], { sensitive: true, rare: true }),
    commissionRate:     percent({ sensitive: true, rare: true }),
    taxes:              links('taxes'),
    glAccount:          text({ max: 60, rare: true }),

    stockTracked:       toggle({ default: false }),
    onHand:             decimal({ digits: 4, readonly: true }),
    reserved:           decimal({ digits: 4, readonly: true }),
    available:          computed(decimal({ digits: 4 }), ['onHand', 'reserved'], availableOf),
    incoming:           decimal({ digits: 4, readonly: true }),
    onOrder:            decimal({ digits: 4, readonly: true }),
    reorderLevel:       decimal({ digits: 4, rare: true }),
    reorderQty:         decimal({ digits: 4, rare: true }),
    availability:       computed(choice(['in_stock', 'low', 'out'], { tones: { in_stock: 'ok', low: 'warn', out: 'bad' } }), ['stockTracked', 'available', 'reorderLevel'], availabilityOf),
    serialTracked:      toggle({ default: false, rare: true }),
    lotTracked:         toggle({ default: false, rare: true }),
    warrantyMonths:     integer({ min: 0, rare: true }),
    weight:             decimal({ digits: 3, min: 0, unit: 'kg', rare: true }),
    length:             decimal({ digits: 1, min: 0, unit: 'cm', rare: true }),
    width:              decimal({ digits: 1, min: 0, unit: 'cm', rare: true }),
    height:             decimal({ digits: 1, min: 0, unit: 'cm', rare: true }),

    hasVariants:        toggle({ default: false, rare: true }),
    variantAttributes:  grid({ columns: { name: text({ required: true, max: 60 }), values: tags({ required: true }) }, rare: true }),
    characteristics:    grid({ columns: characteristics, rare: true }),
    related:            links('products', { onDelete: 'detach', rare: true }),
    accessories:        links('products', { onDelete: 'detach', rare: true }),
    replacementOf:      link('products', { onDelete: 'detach', rare: true }),
    preferredVendor:    link('vendors', { rare: true }),
    ecommercePublished: toggle({ default: false, rare: true }),
    ecommerceChannels:  tags({ rare: true }),
    ecommerceSlug:      text({ rare: true }),
    ecommerceText:      text({ rare: true }),
    seoTitle:           text({ rare: true }),
    seoDescription:     text({ rare: true }),
  },
  many: {
    orders: { module: 'salesOrders', by: 'products' },
    tickets: { module: 'tickets', by: 'product' },
  },
  list: ['sku', 'name', 'category', 'price', 'available', 'active'],
  card: ['images', 'price', 'availability'],
  board: 'category',
  portal: {
    own: [],
    shared: offeredToday,
    read: ['sku', 'name', 'shortDescription', 'description', 'images', 'datasheet', 'availability'],
  },
  rules: [
    /* @__PURE__ */ dateOrder({ id: 'products.sale-dates', from: 'saleFrom', to: 'saleTo', orEqual: true }),
    /* @__PURE__ */ dateOrder({ id: 'products.support-dates', from: 'supportFrom', to: 'supportTo', orEqual: true }),
  ],
});
