/** Values that change from step to step, each change kept once, so that every step can be asked without a copy for each. */
export class History<Value> {
  readonly #changes = new Map<string, { readonly at: number; readonly value: Value }[]>();
  readonly #before: (name: string) => Value | undefined;

  /** `before` gives what holds until a first change. */
  constructor(before: (name: string) => Value | undefined) {
    this.#before = before;
  }

  /** From step `at` on, the name has this value. Steps must come in order. */
  set(at: number, name: string, value: Value): void {
    const changes = this.#changes.get(name);
    if (changes) changes.push({ at, value });
    else this.#changes.set(name, [{ at, value }]);
  }

  /** The value in force at a step; what a step itself sets holds from there on. */
  get(at: number, name: string): Value | undefined {
    const changes = this.#changes.get(name);
    if (!changes) return this.#before(name);
    let low = 0;
    let high = changes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((changes[middle]?.at ?? 0) <= at) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? this.#before(name) : changes[low - 1]?.value;
  }
}
