import { appendFileSync } from "node:fs";

export async function load(url, context, next) {
  appendFileSync(process.env.LERAC_LOADED, `${url}\n`);
  return next(url, context);
}
