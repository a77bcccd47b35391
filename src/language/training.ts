export { losses } from "./losses/index.js";
export { metrics } from "./metrics/index.js";
export { optimizers } from "./optimizers/index.js";
export { averages, clips, keeps, stops } from "./stopping.js";
