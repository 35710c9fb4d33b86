import t from "tap";
import { readOsRelease } from "../src/resolve/os-release.ts";

t.test("os-release", async (t) => {
  const cases: [title: string, text: string, facts: object][] = [
    [
      "debian",
      'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\nVERSION_ID="12"\n',
      { distro: "debian", release: "12" },
    ],
    ["a point release", "ID=debian\nVERSION_ID=13.1\n", { distro: "debian", release: "13" }],
    ["CRLF and comments", "# c\r\nID=debian\r\nVERSION_ID='13'\r\n", { distro: "debian", release: "13" }],
    ["testing", "ID=debian\nVERSION_CODENAME=forky\n", { distro: "debian", release: "14" }],
    ["unstable", "ID=debian\n", { distro: "debian" }],
    ["ubuntu", 'ID=ubuntu\nID_LIKE=debian\nVERSION_ID="24.04"\n', { distro: "ubuntu", release: "24.04" }],
    ["alpine", "ID=alpine\nVERSION_ID=3.23.4\n", { distro: "alpine", release: "3.23" }],
    [
      "hardened, as it is",
      'ID=debian\nVERSION_ID=13\nPRETTY_NAME="Docker Hardened Images/Debian GNU/Linux 13 (trixie)"',
      { hardened: true, distro: "debian", release: "13" },
    ],
    [
      "hardened, as planned",
      "ID=dhi\nID_LIKE=alpine\nVERSION_ID=3.24\n",
      { hardened: true, distro: "alpine", release: "3.24" },
    ],
    [
      "a derivative has numbers of its own",
      'ID=kali\nID_LIKE=debian\nVERSION_ID="2026.1"',
      { notes: ["Its os-release says `kali 2026.1`, which is neither Debian, Ubuntu nor Alpine."] },
    ],
    ["nothing", "", { notes: ["Its os-release says ``, which is neither Debian, Ubuntu nor Alpine."] }],
  ];
  for (const [title, text, facts] of cases) t.same(readOsRelease(text), facts, title);
});
