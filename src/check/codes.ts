import { codes as mistakes } from "../diagnostics/codes/index.js";
import { lints } from "./lints/index.js";

/** Every code by its name, in order: those of `diagnostics/codes`, and those that lints bring along. */
export const codes: typeof mistakes = new Map(
  [...mistakes.values(), ...[...lints.values()].map(({ page }) => page)]
    .sort((a, b) => (a.code < b.code ? -1 : 1))
    .map((page) => [page.code, page]),
);
