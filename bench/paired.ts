/**
 * Times the forms in turns, so that what else the machine does falls on all alike: `untimed` turns, then `turns` of them, each in another order. `prepare` runs
 * before each, not timed.
 * Returns the milliseconds of each form, by turn.
 */
export async function paired<Form extends string>(
  forms: readonly Form[],
  {
    turns,
    untimed = 1,
    prepare,
  }: { readonly turns: number; readonly untimed?: number; readonly prepare?: () => Promise<unknown> },
  run: (form: Form) => Promise<void>,
): Promise<Map<Form, number[]>> {
  const times = new Map(forms.map((form) => [form, [] as number[]]));
  for (let turn = -untimed; turn < turns; turn++) {
    for (const form of [...forms.slice(turn % forms.length), ...forms.slice(0, turn % forms.length)]) {
      await prepare?.();
      const begin = performance.now();
      await run(form);
      if (turn >= 0) times.get(form)?.push(performance.now() - begin);
    }
  }
  return times;
}

/** The middle value; of an even number the mean of the two. NaN for none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const above = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? above : (above + (sorted[middle - 1] ?? Number.NaN)) / 2;
}
