import fc from "fast-check";
import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import {
  cells,
  cut,
  cutMiddle,
  fitLine,
  justify,
  lineCells,
  padRight,
  span,
  wrap,
} from "../../src/ui/text.js";
import { asciiOnly, chooseTheme, paint } from "../../src/ui/theme.js";

describe("the theme is read off the environment", () => {
  test.each([
    [
      { NO_COLOR: "1", COLORTERM: "truecolor" },
      { name: "mono", depth: "none" },
    ],
    [{ TERM: "dumb" }, { name: "mono", depth: "none" }],
    [{ COLORTERM: "truecolor" }, { name: "dark", depth: "16" }],
    [
      { COLORTERM: "truecolor", COLORFGBG: "0;15" },
      { name: "light", depth: "truecolor" },
    ],
    [
      { COLORTERM: "truecolor", COLORFGBG: "15;default;0" },
      { name: "dark", depth: "truecolor" },
    ],
    [
      { LERAC_THEME: "light", TERM: "screen" },
      { name: "light", depth: "16" },
    ],
    [{ LERAC_THEME: "mono" }, { name: "mono", depth: "none" }],
    [{ NO_COLOR: "" }, { name: "dark", depth: "16" }],
  ])("%j", (env, expected) => expect(chooseTheme("auto", env)).toEqual(expected));

  test("the flag wins over LERAC_THEME, NO_COLOR over both", () => {
    expect(chooseTheme("dark", { LERAC_THEME: "light" }).name).toBe("dark");
    expect(chooseTheme("dark", { NO_COLOR: "1" }).depth).toBe("none");
  });

  test("ASCII where the locale is not UTF-8", () => {
    expect(asciiOnly(false, { LANG: "de_DE.UTF-8" }, "linux")).toBe(false);
    expect(asciiOnly(false, { LANG: "de_DE.UTF-8", LC_ALL: "C" }, "linux")).toBe(true);
    expect(asciiOnly(true, { LANG: "C.utf8" }, "linux")).toBe(true);
    expect(asciiOnly(false, {}, "win32")).toBe(true);
    expect(asciiOnly(false, { WT_SESSION: "x" }, "win32")).toBe(false);
  });

  test("no background is ever set, and what is opened is closed", () => {
    const line = [span("a", "train"), span("b", "heat3"), span("c"), span("d", "error")];
    const painted = paint(line, { name: "dark", depth: "truecolor" });
    expect(painted).toBe(
      "\u001b[38;2;86;180;233ma\u001b[0m\u001b[38;2;115;127;119mb\u001b[0mc\u001b[38;2;255;128;102md\u001b[0m",
    );
    expect(paint(line, { name: "mono", depth: "none" })).toBe("abcd");
  });
});

describe("text in cells", () => {
  const text = fc.string({ unit: "grapheme", maxLength: 30 });

  test("what is cut or filled has the width it should have", () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 40 }), (value, width) => {
        expect(stringWidth(cut(value, width))).toBeLessThanOrEqual(width);
        expect(stringWidth(cutMiddle(value, width))).toBeLessThanOrEqual(width);
        expect(cells(padRight(value, width))).toBe(width);
        expect(lineCells(fitLine([span(value), span(value, "dim")], width))).toBe(width);
        expect(lineCells(justify([span(value)], [span("ab")], width + 3))).toBe(width + 3);
      }),
    );
  });

  test("wide and combined characters", () => {
    expect(cells("名前")).toBe(4);
    expect(cells("e\u0301")).toBe(1);
    expect(cut("名前を", 5)).toBe("名前…");
    expect(cutMiddle("layer3.block.1.conv2", 13)).toBe("layer3….conv2");
  });

  test("numbers stay with their units", () => {
    expect(wrap("saved (89 MB) now", 9, "  ")).toEqual(["saved", "  (89 MB)", "  now"]);
  });
});
