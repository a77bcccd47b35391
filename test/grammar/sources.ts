/** What scripts/generate-grammar.mjs reads, so that a test can hand it the present sources. */
export { LeracParser } from "../../grammar/parser.js";
export { operators } from "../../src/language/operators/index.js";
