import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { DrawingClock, type DrawingReason } from "../../src/ui/monitor/drawing-clock.js";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Pictures in ten seconds, wanted every 10 milliseconds. */
function pictures(reason: DrawingReason): number {
  let drawn = 0;
  const clock = new DrawingClock(() => drawn++);
  for (let i = 0; i < 1000; i++) {
    clock.request(reason);
    vi.advanceTimersByTime(10);
  }
  clock.cancel();
  return drawn;
}

test("ten pictures a second after keys, two for news, one for progress", () => {
  expect(pictures("key")).toBeGreaterThan(80);
  expect(pictures("key")).toBeLessThanOrEqual(105);
  expect(pictures("news")).toBeLessThanOrEqual(21);
  expect(pictures("progress")).toBeLessThanOrEqual(11);
});

test("a key does not wait for the picture of an event, and nothing is drawn unasked", () => {
  const drawn: number[] = [];
  const clock = new DrawingClock(() => drawn.push(performance.now()));
  clock.request("progress");
  vi.advanceTimersByTime(1);
  expect(drawn).toHaveLength(1);
  clock.request("progress");
  vi.advanceTimersByTime(150);
  expect(drawn).toHaveLength(1);
  clock.request("key");
  vi.advanceTimersByTime(1);
  expect(drawn).toHaveLength(2);
  vi.advanceTimersByTime(10_000);
  expect(drawn).toHaveLength(2);
});

test("five keys pressed in a row are answered at once, the sixth waits for its turn", () => {
  const drawn: number[] = [];
  const clock = new DrawingClock(() => drawn.push(performance.now()));
  const begin = performance.now();
  for (let key = 0; key < 6; key++) {
    clock.request("key");
    vi.advanceTimersByTime(10);
  }
  expect(drawn).toHaveLength(5);
  vi.advanceTimersByTime(100);
  expect(drawn).toHaveLength(6);
  expect((drawn[5] ?? 0) - begin).toBeLessThanOrEqual(110);
  clock.cancel();
});
