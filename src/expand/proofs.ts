import type { Expansion, StageCheck } from "../directives/directive.ts";

/**
 * Puts the proof of a stage's graft where it holds nothing up. Where a check follows the stage, the check waits for the proof, and all that uses
 * the stage waits for the check: the proof is a stage of its own, and runs while the graft is copied. Else it is the end of the graft's stage, and
 * what is copied from there is proven. That it stays, too, where others take the graft before the check (`shared`: another graft of the stage, or
 * of a stage that continues it) or where an instruction may run it: they would tell in words of their own what the proof tells better.
 */
export function placeProof(expansion: Expansion, check: StageCheck | undefined, shared: boolean): Expansion {
  const { proof, check: _, ...others } = expansion;
  if (proof === undefined) return check ? { ...others, check } : others;
  if (check && proof.first && !shared && others.grafts.length === 1)
    return { ...others, stages: [...others.stages, proof.stage], check: check.after(proof.stage.name) };
  const steps = proof.stage.lines.slice(1);
  const stages = others.stages.map((one) =>
    one.name === proof.of ? { ...one, lines: [...one.lines, ...steps] } : one,
  );
  return { ...others, stages, ...(check ? { check } : {}) };
}
