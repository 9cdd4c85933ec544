/** Upper bounds of the latency histogram, in seconds. */
const bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5] as const;

interface Series {
  readonly route: string;
  /** One count per bound, not cumulative. */
  readonly counts: number[];
  readonly statuses: Map<number, number>;
  total: number;
  /** Seconds, summed. */
  sum: number;
}

/** What happened, in numbers: for `GET /metrics`. */
export class Metrics {
  readonly #series = new Map<string, Series>();
  #streams = 0;
  #inFlight = 0;

  get inFlight(): number {
    return this.#inFlight;
  }

  started(): void {
    this.#inFlight++;
  }

  /** @param seconds - From the request's arrival to its reply. */
  ended(route: string, status: number, seconds: number): void {
    this.#inFlight--;
    const series = this.#seriesOf(route);
    const bucket = bounds.findIndex((bound) => seconds <= bound);
    if (bucket >= 0) series.counts[bucket]!++;
    series.statuses.set(status, (series.statuses.get(status) ?? 0) + 1);
    series.total++;
    series.sum += seconds;
  }

  streamOpened(): void {
    this.#streams++;
  }

  streamClosed(): void {
    this.#streams--;
  }

  /** The figures in the text format of Prometheus. */
  toText(): string {
    return [
      ...heading('tessera_requests_total', 'counter', 'Requests by route and status.'),
      ...[...this.#series.values()].flatMap(statusLines),
      ...heading('tessera_request_seconds', 'histogram', 'Time from a request to its reply.'),
      ...[...this.#series.values()].flatMap(histogramLines),
      ...gauge('tessera_open_streams', 'Streams of changes that are open.', this.#streams),
      ...gauge('tessera_requests_in_flight', 'Requests being answered.', this.#inFlight),
      ...gauge('process_resident_memory_bytes', 'Memory of the process.', process.memoryUsage.rss()),
      '',
    ].join('\n');
  }

  #seriesOf(route: string): Series {
    let series = this.#series.get(route);
    if (!series) {
      series = { route, counts: bounds.map(() => 0), statuses: new Map(), total: 0, sum: 0 };
      this.#series.set(route, series);
    }
    return series;
  }
}

const heading = (name: string, type: string, help: string): readonly string[] => [
  `# HELP ${name} ${help}`,
  `# TYPE ${name} ${type}`,
];

const gauge = (name: string, help: string, value: number): readonly string[] => [
  ...heading(name, 'gauge', help),
  `${name} ${value}`,
];

const statusLines = ({ route, statuses }: Series): readonly string[] =>
  [...statuses].map(([status, count]) => `tessera_requests_total{route="${route}",status="${status}"} ${count}`);

const histogramLines = ({ route, counts, total, sum }: Series): readonly string[] => {
  let below = 0;
  return [
    ...bounds.map(
      (bound, index) => `tessera_request_seconds_bucket{route="${route}",le="${bound}"} ${(below += counts[index]!)}`,
    ),
    `tessera_request_seconds_bucket{route="${route}",le="+Inf"} ${total}`,
    `tessera_request_seconds_sum{route="${route}"} ${sum.toFixed(6)}`,
    `tessera_request_seconds_count{route="${route}"} ${total}`,
  ];
};
