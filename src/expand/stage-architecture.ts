import type { StageArchitecture } from "../directives/directive.ts";
import type { Platform, Stage } from "../model.ts";

/**
 * How generated stages learn a stage's architecture. A platform that BuildKit gives by name stays a build argument, so that one text
 * serves every platform; `FROM --platform=linux/arm64` fixes it.
 */
export function stageArchitecture(root: Stage, platform: Platform | undefined): StageArchitecture {
  const raw = root.platform?.raw.replace(/^\$\{(\w+)\}$/, "$$$1");
  if (raw === "$BUILDPLATFORM") return { kind: "argument", architecture: "BUILDARCH", variant: "BUILDVARIANT" };
  if (raw === undefined || raw === "$TARGETPLATFORM" || !platform) {
    return { kind: "argument", architecture: "TARGETARCH", variant: "TARGETVARIANT" };
  }
  const { architecture, variant } = platform;
  return variant === undefined ? { kind: "fixed", architecture } : { kind: "fixed", architecture, variant };
}
