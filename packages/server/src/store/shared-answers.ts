/** Answers that are under way: whoever asks the same meanwhile waits with the others instead of asking again. */
export class SharedAnswers<T> {
  readonly #underWay = new Map<string, Map<string, Promise<T>>>();

  /** The very promise that the others have: a thousand who ask at once are to make no more than one. */
  get(tenant: string, question: string, ask: () => Promise<T>): Promise<T> {
    const own = this.#underWay.get(tenant) ?? new Map<string, Promise<T>>();
    this.#underWay.set(tenant, own);
    const known = own.get(question);
    if (known) return known;
    const answer: Promise<T> = ask().finally(() => {
      if (own.get(question) === answer) own.delete(question);
      if (own.size === 0 && this.#underWay.get(tenant) === own) this.#underWay.delete(tenant);
    });
    own.set(question, answer);
    return answer;
  }

  /** What is under way may have begun too early: from now on it is asked anew. */
  forget(tenant: string): void {
    this.#underWay.delete(tenant);
  }
}
