// `npm run docs`: writes the pages that are made from the code.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { rules } from "../src/check/rules/index.ts";
import { directives } from "../src/directives/index.ts";
import { languagePage } from "./language-page.ts";
import { rulesPages } from "./rules-pages.ts";

writeFileSync(new URL("language.md", import.meta.url), languagePage(directives));
const folder = new URL("rules/", import.meta.url);
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);
for (const [name, text] of rulesPages(rules)) writeFileSync(new URL(name, folder), text);
