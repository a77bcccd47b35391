import { describe, expect, it } from "vitest";
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatLeft,
  formatPercent,
  formatRate,
  formatSignificant,
  plural,
  printable,
  scientific,
} from "../../src/base/format.js";

describe("numbers as people read them", () => {
  it.each([
    [0.1, 4, "1.000e-1"],
    [3.1622776e-4, 3, "3.16e-4"],
    [1, 3, "1.00e0"],
    [12345, 3, "1.23e4"],
    [9.9999e-5, 3, "1.00e-4"],
    [0, 3, "frozen"],
  ])("rate %d with %d digits: %s", (rate, digits, text) => {
    expect(formatRate(rate, digits)).toBe(text);
  });

  it.each([
    [0, "0"],
    [999, "999"],
    [1000, "1,000"],
    [25_320, "25,320"],
    [1_626_058, "1,626,058"],
    [-1234, "-1,234"],
    [1_000_000_000, "1,000,000,000"],
  ])("count %d: %s", (count, text) => {
    expect(formatCount(count)).toBe(text);
  });

  it.each([
    [0.4481, "0.448"],
    [17.24, "17.2"],
    [1101.4, "1,100"],
    [0.99996, "1.00"],
    [9.996, "10.0"],
    [0, "0.00"],
    [1e-5, "1.00e-5"],
    [2e7, "2.00e7"],
    [Number.NaN, "NaN"],
    [Number.POSITIVE_INFINITY, "Inf"],
    [Number.NEGATIVE_INFINITY, "-Inf"],
  ])("%d with three digits: %s", (value, text) => {
    expect(formatSignificant(value, 3)).toBe(text);
  });

  it.each([
    [0, "0:00"],
    [48.9, "0:48"],
    [1384, "23:04"],
    [3599, "59:59"],
    [11_040, "3:04 h"],
    [187_200, "2 d 04 h"],
  ])("%d seconds: %s", (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });

  it.each([
    [12, "under 1 min"],
    [60, "1 min"],
    [1380, "23 min"],
    [11_040, "3:04 h"],
  ])("%d seconds left: %s", (seconds, text) => {
    expect(formatLeft(seconds)).toBe(text);
  });

  it.each([
    [512, "512 B"],
    [13_400, "13 kB"],
    [5_000_000, "5 MB"],
    [610_000_000, "610 MB"],
    [1_234_000_000, "1.23 GB"],
  ])("%d bytes: %s", (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });

  it("shares, plurals, exponents", () => {
    expect(formatPercent(0.8744)).toBe("87.4 %");
    expect([plural(1, "error"), plural(2, "error"), plural(0, "error"), plural(2, "loss", "losses")]).toEqual(
      ["1 error", "2 errors", "0 errors", "2 losses"],
    );
    expect(plural(12_000, "layer")).toBe("12,000 layers");
    expect(scientific(1e22, 2)).toBe("1.0e22");
  });
});

describe("text from strangers", () => {
  it("can't steer a terminal: every control, bidirectional and invisible character is shown as an escape", () => {
    expect(printable("a\u001b[2Jb")).toBe("a\\x1b[2Jb");
    expect(printable("x\r\ny\tz\u0007")).toBe("x\\x0d\\x0ay\\x09z\\x07");
    expect(printable("c1: \u009b31m")).toBe("c1: \\x9b31m");
    expect(printable("cnn\u202egnp")).toBe("cnn\\u202egnp");
    expect(printable("zero\u200bwidth\u2060\ufeff")).toBe("zero\\u200bwidth\\u2060\\ufeff");
  });

  it("keeps what can be seen, in every script", () => {
    const text = "größe 大きさ 🙂 é … µ → ✓";
    expect(printable(text)).toBe(text);
  });
});
