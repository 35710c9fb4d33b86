import { readdirSync, readFileSync } from "node:fs";
import t from "tap";
import { languagePage } from "../docs/language-page.ts";
import { rulesPages } from "../docs/rules-pages.ts";
import { rules } from "../src/check/rules/index.ts";
import { directives } from "../src/directives/index.ts";

t.test("the language page is what `npm run docs` writes", async (t) => {
  t.equal(readFileSync(new URL("../docs/language.md", import.meta.url), "utf8"), languagePage(directives));
});

t.test("the pages of the rules are what `npm run docs` writes, no more and no less", async (t) => {
  const pages = rulesPages(rules);
  const folder = new URL("../docs/rules/", import.meta.url);
  t.strictSame(readdirSync(folder).sort(), [...pages.keys()].sort());
  for (const [name, text] of pages) t.equal(readFileSync(new URL(name, folder), "utf8"), text, name);
});

t.test("README begins with the two commands", async (t) => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  t.match(readme.split("\n").slice(0, 6).join("\n"), /npm start[\s\S]*npm test/);
});
