import t from "tap";
import { head, opDigest } from "../src/gateway/definition.ts";
import { http } from "../src/gateway/llb.ts";
import { withOwnHead } from "../src/gateway/own-head.ts";

t.test("the head gets a digest of its own, and what speaks of it follows", async (t) => {
  const before = http("https://example.org/a", "by number", { customName: "named" });
  const digest = head(before);
  before.source = { infos: [], locations: { [digest]: { locations: [] } } };
  const after = withOwnHead(before);
  t.not(head(after), digest);
  t.equal(after.def.length, before.def.length);
  t.ok(
    after.def.slice(0, -1).some((op) => opDigest(op) === head(after)),
    "the root names an op that is there",
  );
  t.same(after.metadata[head(after)]?.description, { "llb.customname": "named" });
  t.ok(after.source?.locations[head(after)]);
  t.notOk(after.metadata[digest], "nothing speaks of the old one");
  t.equal(head(before), digest, "the original is left alone");
  t.same(Object.keys(after.metadata).sort(), after.def.map(opDigest).sort());
});

t.test("a definition of nothing stays", async (t) => {
  t.same(withOwnHead({ def: [], metadata: {} }), { def: [], metadata: {} });
});
