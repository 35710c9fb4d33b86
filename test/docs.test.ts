import { readFileSync } from "node:fs";
import t from "tap";
import { languagePage } from "../docs/language-page.ts";
import { directives } from "../src/directives/index.ts";

t.test("the language page is what `npm run docs` writes", async (t) => {
  t.equal(readFileSync(new URL("../docs/language.md", import.meta.url), "utf8"), languagePage(directives));
});

t.test("README begins with the two commands", async (t) => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  t.match(readme.split("\n").slice(0, 6).join("\n"), /npm start[\s\S]*npm test/);
});
