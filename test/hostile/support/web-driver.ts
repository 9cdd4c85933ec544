/** The little of W3C WebDriver that the suite needs, spoken by hand. */
export class WebDriver {
  readonly #session: string;

  private constructor(session: string) {
    this.#session = session;
  }

  /** @throws {Error} With the driver's own words when it starts no browser. */
  static async start(driver: string, capabilities: Readonly<Record<string, unknown>>): Promise<WebDriver> {
    const given = await ask(`${driver}/session`, 'POST', { capabilities: { alwaysMatch: capabilities } });
    const { sessionId } = given as { readonly sessionId: string };
    return new WebDriver(`${driver}/session/${sessionId}`);
  }

  async get<T>(command: string): Promise<T> {
    return (await ask(`${this.#session}/${command}`, 'GET')) as T;
  }

  async post<T>(command: string, body: Readonly<Record<string, unknown>> = {}): Promise<T> {
    return (await ask(`${this.#session}/${command}`, 'POST', body)) as T;
  }

  /** Real input, one device, in the steps of the specification. */
  async act(type: 'pointer' | 'key', actions: readonly Readonly<Record<string, unknown>>[]): Promise<void> {
    const parameters = type === 'pointer' ? { parameters: { pointerType: 'mouse' } } : {};
    await this.post('actions', { actions: [{ type, id: type, ...parameters, actions }] });
  }

  async end(): Promise<void> {
    await ask(this.#session, 'DELETE');
  }
}

/** Milliseconds for one command: the machine may have much else to do. */
const patience = 60_000;

const ask = async (address: string, method: string, body?: unknown): Promise<unknown> => {
  const answer = await fetch(address, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    signal: AbortSignal.timeout(patience),
  });
  const { value } = (await answer.json()) as { readonly value: unknown };
  if (answer.ok) return value;
  const { error, message } = value as { readonly error: string; readonly message: string };
  throw new Error(`${method} ${new URL(address).pathname}: ${error}: ${message}`);
};
