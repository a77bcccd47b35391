// `node --import …/register.mjs`: writes every module that is loaded to the file that LERAC_LOADED names.
import { register } from "node:module";

register("./hooks.mjs", import.meta.url);
