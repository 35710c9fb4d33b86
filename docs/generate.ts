// `npm run docs`: writes the pages that are made from the code.
import { writeFileSync } from "node:fs";
import { directives } from "../src/directives/index.ts";
import { languagePage } from "./language-page.ts";

writeFileSync(new URL("language.md", import.meta.url), languagePage(directives));
