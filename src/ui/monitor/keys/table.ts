import type { KeyBinding } from "./binding.js";
import { monitorKeys } from "./monitor-keys.js";
import { runKeys } from "./run-keys.js";
import { viewKeys } from "./view-keys.js";

/** The one table of keys: it drives what they do, the footer, the help and the page in the documentation. */
export const keyBindings: readonly KeyBinding[] = [...viewKeys, ...runKeys, ...monitorKeys];
