import { distroOf, findRepository, isDevelopment } from "../resolve/catalog.ts";
import { mayReach, ownCopies } from "./copied.ts";
import { declaredOf } from "./declared.ts";
import type { StageView, Step } from "./stage-view.ts";

/** The accounts of a stage. */
export interface Accounts {
  /** The user to write in the place of an unknown one. */
  readonly own: string;
  /** True when all declared accounts are known, and not only those that the image probably has. */
  readonly complete: boolean;
  mayBe(kind: "user" | "group", name: string): boolean;
}

/** Accounts that Alpine's alpine-baselayout-data brings, of today and of earlier releases. */
const alpine: ReadonlySet<string> = new Set(
  "adm at audio bin cdrom cron cyrus daemon dialout disk floppy ftp games guest halt input kmem kvm locate lp mail man netdev news ntp operator ping postmaster readproc shadow shutdown smmsp squid sshd svn sync sys tape tty users utmp uucp video vpopmail wheel www-data xfs".split(
    " ",
  ),
);

/**
 * The accounts that an image has, as the catalogue declares it; undefined when nothing tells, and when a line of the stage may make others. A runtime image
 * has the one that it runs as; a development image probably those of its repository's runtimes.
 */
export function accountsOf(stage: StageView): Accounts | undefined {
  const declared = declaredOf(stage.base);
  if (!declared || mayMakeAccounts(stage)) return undefined;
  const { repository, variant } = declared;
  const development = isDevelopment(variant);
  const runtimes = (findRepository(repository)?.variants ?? []).filter((one) => !isDevelopment(one));
  const users = development ? runtimes.flatMap(({ user }) => user ?? []) : [variant.user ?? ""];
  const [own = ""] = users;
  // A number, and root, say nothing of the names that there are.
  if (users.some((user) => user === "" || user === "root" || /^\d/.test(user))) return undefined;
  const names = new Set([...users, ...(development ? ["nonroot", "_apt"] : []), "root", "nobody", "nogroup"]);
  const system = distroOf(variant)?.distro === "alpine" ? alpine : new Set<string>();
  const groups = new Set(["nonroot", "users", ...(users.includes("nginx") ? ["www-data"] : [])]);
  return {
    own: own.split(":")[0] ?? own,
    complete: !development,
    mayBe: (kind, name) =>
      names.has(name) ||
      system.has(name) ||
      (kind === "group" && groups.has(name)) ||
      // Some images have one more, called after themselves or what they are part of.
      repository.includes(name) ||
      name.includes(repository),
  };
}

const mayMake =
  /\b(?:add(?:user|group)|(?:user|group)add|apt|apt-get|apk|dpkg|install|passwd|usermod|groupmod|tar)\b|\/etc\/group|\.sh\b|\bsh\b|<</;

const makers = new WeakMap<StageView, boolean>();

function mayMakeAccounts(stage: StageView): boolean {
  const { steps, parent } = stage;
  const known =
    makers.get(stage) ??
    ((parent !== undefined && mayMakeAccounts(parent)) ||
      steps.some(makesAccounts) ||
      ownCopies(stage).some((copy) => mayReach(copy, "/etc/passwd") || mayReach(copy, "/etc/group")));
  makers.set(stage, known);
  return known;
}

function makesAccounts({ keyword, call, instruction }: Step): boolean {
  if (keyword === "ONBUILD" || call?.word === "DHI-TOOL") return true;
  return (keyword === "RUN" || call?.word === "DHI-RUN") && mayMake.test(instruction.text);
}
