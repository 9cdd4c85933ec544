/** What is kept of a response: pages wrap `fetch`, and more than this their look-alikes may not have. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  /** As sent, seconds or a date; empty without. */
  readonly retryAfter: string;
}

/** Null when it has no content, undefined for anything but JSON. */
export const parseAnswer = ({ text }: Answer): unknown => {
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** What was asked for; undefined when the answer is another than hoped for. */
export const contentOf = (answer: Answer): unknown => (answer.status < 300 ? parseAnswer(answer) : undefined);
