import type { Platform } from "../model.ts";

/** Reads `os/architecture[/variant]`, as `--platform` and FROM take it. */
export function parsePlatform(text: string): Platform {
  const [os = "linux", architecture = "amd64", variant] = text.trim().split("/");
  return variant ? { os, architecture, variant } : { os, architecture };
}

/** Writes a platform as BuildKit does. */
export function formatPlatform(platform: Platform): string {
  return [platform.os, platform.architecture, platform.variant].filter((part) => part).join("/");
}
