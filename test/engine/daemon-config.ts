import { readFileSync, statfsSync } from "node:fs";
import { digest, type EngineFolders } from "./cache-folder.ts";

/** Which image store the daemon uses: containerd's (attestations, several platforms) or the classic one. */
export type ImageStore = "containerd" | "classic";

/** What the build cache may hold. A run of all tests takes about half of it. */
const BUILD_CACHE = "24GB";

const OVERLAYFS_MAGIC = 0x794c7630;

/** The daemon's own bridge: a name within the kernel's 15 characters, and a /24 that no interface or route of this machine uses. */
export interface Bridge {
  readonly name: string;
  readonly address: string;
}

/** The content of daemon.json; paths are those inside the chroot, where the instance folder is /engine. Listens on a unix socket only. */
export function daemonConfig(folders: EngineFolders, store: ImageStore, bridge: Bridge | "none"): string {
  return JSON.stringify(
    {
      hosts: ["unix:///engine/docker.sock"],
      pidfile: "/run/docker.pid",
      "data-root": "/engine/data",
      "exec-root": "/run/docker",
      features: { "containerd-snapshotter": store === "containerd" },
      ...storageDriver(folders, store),
      bridge: bridge === "none" ? "none" : bridge.name,
      iptables: false,
      ip6tables: false,
      // Docker's own policy looks at the disk's free space, and would drop a cache in the middle of a test on a full machine.
      builder: { gc: { enabled: true, policy: [{ all: true, keepStorage: BUILD_CACHE, maxUsedSpace: BUILD_CACHE }] } },
      "log-level": "warn",
    },
    undefined,
    2,
  );
}

/** Overlay does not stack on overlay: a cache folder inside a container's own file system gets the copying driver. */
function storageDriver(folders: EngineFolders, store: ImageStore): { "storage-driver"?: string } {
  if (statfsSync(folders.instance).type !== OVERLAYFS_MAGIC) return {};
  return { "storage-driver": store === "containerd" ? "native" : "vfs" };
}

/** Chooses the bridge of an instance: the same one each time, as long as its network is free. */
export function chooseBridge(folders: EngineFolders): Bridge {
  const id = digest(folders.instance);
  const name = `dhi${id.slice(0, 8)}`;
  const routes = otherRoutes(name);
  const first = Number.parseInt(id.slice(0, 2), 16);
  for (let tries = 0; tries < 256; tries++) {
    const third = (first + tries) % 256;
    const network = ((172 << 24) | (30 << 16) | (third << 8)) >>> 0;
    if (!routes.some(({ destination, mask }) => (network & mask) >>> 0 === destination)) {
      return { name, address: `172.30.${third}.1/24` };
    }
  }
  throw new Error("every network in 172.30.0.0/16 is taken by a route of this machine");
}

/** The machine's routes without the default one and without those of `bridge` (proc_net: addresses are hexadecimal, lowest byte first). */
function otherRoutes(bridge: string): { destination: number; mask: number }[] {
  return readFileSync("/proc/net/route", "utf8")
    .trimEnd()
    .split("\n")
    .slice(1)
    .map((line) => line.split("\t"))
    .filter(([device]) => device !== bridge)
    .map((fields) => ({ destination: littleEndian(fields[1]), mask: littleEndian(fields[7]) }))
    .filter(({ mask }) => mask !== 0);
}

function littleEndian(hexadecimal = ""): number {
  return Buffer.from(hexadecimal, "hex").reverse().readUInt32BE();
}
