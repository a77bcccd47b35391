import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** Whole runs in many terminals, the tutorial as written, and every operator in other runtimes: `npm run test:long`. */
const long = [
  "test/cli/runs.test.ts",
  "test/cli/watch.test.ts",
  "test/cli/doctor.test.ts",
  "test/cli/logs.test.ts",
  "test/cli/reuse.test.ts",
  "test/cli/predict-rows.test.ts",
  "test/docs/tutorial.test.ts",
  "test/engine/onnx-determinism.test.ts",
  "test/engine/spec-nets.test.ts",
  "test/api/**/*.test.ts",
  "test/export/**/*.test.ts",
];
const isLong = process.env.npm_lifecycle_event === "test:long";

export default defineConfig({
  test: {
    include: isLong ? long : ["test/**/*.test.{ts,tsx}"],
    // Files named on the command line run wherever they belong.
    exclude: process.env.npm_lifecycle_event === "test" ? long : [],
    testTimeout: 120_000,
    hookTimeout: 60_000,
    // Loading the modules anew for each file took as long as the tests; none of them keeps state that another sees.
    isolate: false,
    // Vitest leaves one core free, which is half of a small machine.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
});
