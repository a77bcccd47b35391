// The compiled command must be executable where the system knows such a thing; tsc writes plain files.
import { chmodSync } from "node:fs";

chmodSync(new URL("../dist/src/cli/main.js", import.meta.url), 0o755);
