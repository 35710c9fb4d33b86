import type { Test } from "tap";
import { type Asked, digestOf, type Ended, expansion, run } from "./buildx.ts";
import type { Files, Lab } from "./lab.ts";
import { hasDirective, said, saidWithoutCounts, withoutDirectives, withoutPointer, withoutSyntax } from "./text.ts";

/** One build: a Dockerfile that asks for our frontend, and how its files reach the engine. */
export interface Case {
  /** The Dockerfile's text. */
  readonly text: string;
  /** The Dockerfile's path among the files; `-` for standard input. */
  readonly dockerfile?: string;
  readonly files?: Files;
  readonly options?: readonly string[];
  /** Gives the files to the engine: as a folder unless told. */
  readonly publish?: (files: Files) => Promise<Asked> | Asked;
}

/** Takes the case with another text; returns what to ask the engine for. */
async function asked(lab: Lab, one: Case, text: string): Promise<Asked> {
  const { dockerfile = "Dockerfile", files = {}, options = [] } = one;
  const publish = one.publish ?? ((all: Files): Asked => ({ context: lab.folder(all) }));
  if (dockerfile === "-") {
    const published = await publish(files);
    return { ...published, options: [...(published.options ?? []), ...options, "--file=-"], input: text };
  }
  const published = await publish({ ...files, [dockerfile]: text });
  return { ...published, options: [...(published.options ?? []), ...options] };
}

/** Checks that the image is the one that the stock frontend makes of the same file, or of the expanded one where it has directives. */
export async function sameImage(t: Test, lab: Lab, one: Case): Promise<Ended> {
  const request = await asked(lab, one, one.text);
  const ours = await digestOf(lab, request);
  t.notOk(ours.failed, "our frontend builds the file", { output: ours.output });
  const plain = hasDirective(one.text) ? await expansion(lab, request) : one.text;
  const stock = await digestOf(lab, await asked(lab, one, withoutSyntax(plain)));
  t.notOk(stock.failed, "the stock frontend builds the file", { output: stock.output });
  t.equal(ours.digest, stock.digest, "one image", { ours: ours.output, stock: stock.output });
  return ours;
}

/** Checks that the build ends as with the stock frontend, with the same words to the user. Directives are comments to that one. */
export async function sameWords(t: Test, lab: Lab, one: Case): Promise<Ended> {
  const ours = await run(lab, await asked(lab, one, one.text));
  const stock = await run(lab, await asked(lab, one, withoutDirectives(one.text)));
  const words = hasDirective(one.text) ? saidWithoutCounts : said;
  t.equal(ours.failed, stock.failed, "both end alike", { ours: ours.output, stock: stock.output });
  const expected = words(stock.output);
  const found = words(ours.output);
  t.equal(withoutPointer(expected) === expected ? withoutPointer(found) : found, expected, "both say the same");
  return ours;
}

/** Checks that a request is answered with the same text as by the stock frontend, directives being comments to that one. */
export async function sameAnswer(
  t: Test,
  lab: Lab,
  one: Case,
  texts: (answer: string) => string = (answer) => answer,
): Promise<string> {
  const ours = await run(lab, await asked(lab, one, one.text));
  const stock = await run(lab, await asked(lab, one, withoutDirectives(one.text)));
  t.equal(ours.failed, stock.failed, "both end alike", { ours: ours.output, stock: stock.output });
  t.equal(said(texts(ours.answer)), said(texts(stock.answer)), "both answer the same");
  return ours.answer;
}

/** Builds the case with our frontend. */
export async function ours(lab: Lab, one: Case): Promise<Ended> {
  return run(lab, await asked(lab, one, one.text));
}
