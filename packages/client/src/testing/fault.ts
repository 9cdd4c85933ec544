interface On {
  /** A part of the paths it happens on; on any, when absent. */
  readonly on?: string;
}

/** Something that goes wrong with one request. */
export type Fault = On &
  (
    | { readonly type: 'delay'; readonly milliseconds: number }
    /** The connection breaks before anything is carried out. */
    | { readonly type: 'drop' }
    /** It is carried out, then the connection breaks. */
    | { readonly type: 'drop-answer' }
    /** Something else answers instead. */
    | {
        readonly type: 'answer';
        readonly status: number;
        readonly headers?: Readonly<Record<string, string>>;
        readonly body?: string;
      }
  );
