import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson, type Json, sha256 } from "../../src/base/canonical-json.js";

describe("canonical JSON", () => {
  it("has one text for one value", () => {
    const value = { b: [1, -0, 1e21, 1e-7, 0.1], a: { "€": null, $: true }, "": '\u001b"\\/é', c: undefined };
    expect(canonicalJson(value)).toBe(
      '{"":"\\u001b\\"\\\\/é","a":{"$":true,"€":null},"b":[1,0,1e+21,1e-7,0.1]}',
    );
  });

  it("sorts keys by code unit, as RFC 8785 does", () => {
    expect(canonicalJson({ "\ufb33": 1, "\u{1f600}": 2, "1": 3, "\r": 4, "\u20ac": 5 })).toBe(
      '{"\\r":4,"1":3,"€":5,"\u{1f600}":2,"\ufb33":1}',
    );
  });

  it("does not depend on the order of members, and reads back as the same", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value as Json);
        expect(canonicalJson(reversed(value as Json))).toBe(text);
        expect(canonicalJson(JSON.parse(text) as Json)).toBe(text);
      }),
      { seed: 1 },
    );
  });

  it("refuses numbers that have no JSON form: that would be our bug", () => {
    expect(() => canonicalJson({ rate: Number.NaN })).toThrow(/no JSON form/);
    expect(() => canonicalJson([Number.POSITIVE_INFINITY])).toThrow(/no JSON form/);
  });
});

describe("SHA-256", () => {
  // FIPS 180-2, appendix B.
  it("gives the published digests, of text and of bytes", () => {
    const abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    expect(sha256("abc")).toBe(abc);
    expect(sha256(new TextEncoder().encode("abc"))).toBe(abc);
    expect(sha256("")).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  });

  it("takes text as UTF-8", () => {
    expect(sha256("é")).toBe(sha256(Buffer.from([0xc3, 0xa9])));
  });
});

/** The same value with the members of every object in the opposite order. */
function reversed(value: Json): Json {
  if (Array.isArray(value)) return value.map((item) => reversed(item as Json));
  if (value === null || typeof value !== "object") return value;
  const members = Object.entries(value).reverse();
  return Object.fromEntries(members.map(([key, member]) => [key, reversed(member as Json)]));
}
