import {
  createElement,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  type FunctionComponent,
  type HTMLAttributes,
  type ReactNode,
  type Ref,
} from 'react';

/** An element as a component: its properties, `on…` listeners, and what every HTML element has. */
export type ReactElementComponent<E extends HTMLElement, P extends object> = FunctionComponent<
  P & Omit<HTMLAttributes<E>, keyof P> & { readonly ref?: Ref<E> | undefined }
>;

/** What the manifest says of an element. */
interface Description {
  /** By name: the attribute that says the same in markup, and what the property is unless set. */
  readonly properties: Readonly<Record<string, { readonly attribute?: string; readonly start?: unknown }>>;
  /** Names of events by those of props. */
  readonly events: Readonly<Record<string, string>>;
}

type Props = Readonly<Record<string, unknown>> & { readonly ref?: Ref<HTMLElement> };

/**
 * Makes a component of an element. It does what React does not: objects reach an element whose code has not come yet,
 * a property that is no longer given goes back to what it was, what a server renders has the attributes of the
 * properties that can be written into markup, and when such markup is taken over, events are heard.
 */
export const reactElement = <E extends HTMLElement, P extends object>(
  tag: string,
  { properties, events }: Description,
): ReactElementComponent<E, P> => {
  const Component = (props: Props): ReactNode => {
    const element = useRef<HTMLElement>(null);
    const before = useRef<Props>({});
    useImperativeHandle(props.ref, () => element.current!, []);
    useLayoutEffect(() => {
      const target = element.current as unknown as Record<string, unknown>;
      for (const [name, { start }] of Object.entries(properties)) {
        const value = props[name];
        if (!Object.is(value, before.current[name])) target[name] = value === undefined ? start : value;
      }
      before.current = props;
    });
    useLayoutEffect(() => listen(element.current!, events, before), []);
    const others = Object.entries(props).filter(([name]) => !(name in properties || name in events || name === 'ref'));
    return createElement(tag, {
      ...Object.fromEntries([...others, ...attributesOf(props, properties)]),
      ref: element,
    });
  };
  Component.displayName = tag;
  return Component as ReactElementComponent<E, P>;
};

type Entries = readonly (readonly [name: string, value: unknown])[];

const attributesOf = (props: Props, properties: Description['properties']): Entries =>
  Object.entries(properties).flatMap(([name, { attribute }]) =>
    attribute !== undefined && isMarkup(props[name]) ? [[attribute, props[name]] as const] : [],
  );

const isMarkup = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number' || value === true;

/** @returns How to stop. Each event is for the listener that was given last. */
const listen = (
  element: HTMLElement,
  events: Description['events'],
  given: { readonly current: Props },
): (() => void) => {
  const over = new AbortController();
  for (const [name, event] of Object.entries(events)) {
    const tell = (heard: Event): void => (given.current[name] as ((event: Event) => void) | undefined)?.(heard);
    element.addEventListener(event, tell, { signal: over.signal });
  }
  return () => over.abort();
};
