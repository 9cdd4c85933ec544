import type { Issue } from '../errors.ts';
import { invalid } from '../invalid.ts';
import { fold } from '../fold.ts';
import { isId } from '../id.ts';
import type { Module } from '../module.ts';
import { everything, type Filter } from './filter.ts';
import { BadOperand, operators } from './operators.ts';
import type { QueryContext } from './query-context.ts';

const maxDepth = 8;
const maxConditions = 100;

/**
 * Checks a filter against a module and turns it into what engines run.
 *
 * @throws {CrmError} `validation` with every unknown field, unknown operator and unfit operand at once.
 */
export const parseWhere = (module: Module, where: unknown, context: QueryContext): Filter => {
  if (where === undefined || where === null) return everything;
  const root = new Place(module, context, { path: '/where', depth: 0 }, { issues: [], conditions: 0 });
  const filter = node(root, where);
  const { issues, conditions } = root.found;
  if (conditions > maxConditions)
    issues.push({ path: '/where', code: 'too-many-conditions', params: { max: maxConditions } });
  if (issues.length > 0) throw invalid(issues);
  return filter;
};

const maxWords = 8;

/** The words of a free-text search, folded; the first eight count. */
export const searchWords = (search: string): readonly string[] =>
  fold(search)
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, maxWords);

interface Found {
  readonly issues: Issue[];
  conditions: number;
}

/** Where in the tree the parser stands, and what it has met so far. */
class Place {
  readonly module: Module;
  readonly context: QueryContext;
  readonly at: { readonly path: string; readonly depth: number };
  readonly found: Found;

  constructor(module: Module, context: QueryContext, at: Place['at'], found: Found) {
    this.module = module;
    this.context = context;
    this.at = at;
    this.found = found;
  }

  under(key: string, module = this.module): Place {
    return new Place(module, this.context, { path: `${this.at.path}/${key}`, depth: this.at.depth + 1 }, this.found);
  }

  refuse(code: string, params?: Issue['params']): Filter {
    this.found.issues.push({ path: this.at.path, code, ...(params && { params }) });
    return everything;
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const allOf = (of: readonly Filter[]): Filter => (of.length === 1 ? of[0]! : { type: 'all', of });

const node = (place: Place, where: unknown): Filter => {
  if (place.at.depth > maxDepth) return place.refuse('too-deep', { max: maxDepth });
  if (!isObject(where)) return place.refuse('filter');
  return allOf(
    Object.entries(where).map(([key, value]) => (value === undefined ? everything : entry(place, key, value))),
  );
};

const entry = (place: Place, key: string, value: unknown): Filter => {
  const here = place.under(key);
  if (key === 'all' || key === 'any' || key === 'none') return group(here, key, value);
  if (key === 'id') return ids(here, value);
  if (Object.hasOwn(place.module.fields, key)) return conditions(here, key, value);
  if (Object.hasOwn(place.module.many, key)) return related(here, key, value);
  return here.refuse('unknown-field', { field: key, module: place.module.key });
};

const group = (place: Place, type: 'all' | 'any' | 'none', value: unknown): Filter =>
  Array.isArray(value)
    ? { type, of: value.map((item, index) => node(place.under(String(index)), item)) }
    : place.refuse('filter');

const idOperators: Readonly<Record<string, boolean>> = { is: false, in: false, isNot: true, notIn: true };

const ids = (place: Place, value: unknown): Filter =>
  allOf(
    Object.entries(isObject(value) ? value : { is: value }).map(([name, operand]) => {
      place.found.conditions++;
      const here = place.under(name);
      if (name === 'isMe') return { type: 'id', ids: ownIds(place), negate: operand === false };
      const negate = Object.hasOwn(idOperators, name) ? idOperators[name] : undefined;
      if (negate === undefined)
        return here.refuse('unknown-operator', { operator: name, allowed: [...Object.keys(idOperators), 'isMe'] });
      const wanted: readonly unknown[] = Array.isArray(operand) ? operand : [operand];
      return wanted.length <= 500 && wanted.every(isId)
        ? { type: 'id', ids: wanted, negate }
        : here.refuse('operand', { expected: 'ids' });
    }),
  );

/** The acting user or customer, if that is a record of this module. */
const ownIds = ({ module, context: { me } }: Place): readonly string[] => (me?.module === module.key ? [me.id] : []);

/** A bare value means "is". */
const conditions = (place: Place, field: string, value: unknown): Filter =>
  allOf(
    Object.entries(isObject(value) ? value : { is: value }).map(([name, operand]) =>
      operand === undefined ? everything : condition(place.under(name), field, { name, operand }),
    ),
  );

const condition = (
  place: Place,
  field: string,
  { name, operand }: { readonly name: string; readonly operand: unknown },
): Filter => {
  place.found.conditions++;
  const { kind, options } = place.module.fields[field]!;
  if (name === 'has' && 'to' in options && typeof options.to === 'string') {
    const target = place.context.registry.get(options.to);
    return { type: 'has', field, module: options.to, filter: node(place.under('has', target), operand) };
  }
  const table = operators[kind.domain];
  if (!Object.hasOwn(table, name))
    return place.refuse('unknown-operator', { operator: name, allowed: Object.keys(table) });
  try {
    return table[name]!(field, operand, place.context);
  } catch (error) {
    if (!(error instanceof BadOperand)) throw error;
    return place.refuse('operand', { expected: error.message });
  }
};

const related = (place: Place, key: string, value: unknown): Filter => {
  if (!isObject(value)) return place.refuse('filter');
  const { module, by } = place.module.many[key]!;
  const target = place.context.registry.get(module);
  return allOf(
    Object.entries(value).map(([quantifier, where]): Filter => {
      place.found.conditions++;
      const here = place.under(quantifier, target);
      if (quantifier !== 'some' && quantifier !== 'none')
        return here.refuse('unknown-operator', { operator: quantifier, allowed: ['some', 'none'] });
      const some: Filter = { type: 'some', module, by, filter: node(here, where) };
      return quantifier === 'some' ? some : { type: 'none', of: [some] };
    }),
  );
};
