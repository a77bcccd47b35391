import type { Expression, Name } from "../../syntax/index.js";
import { asCall } from "../calls.js";

/** A bare name without points and arguments; null for anything else. */
export function plainName(value: Expression): Name | null {
  const call = asCall(value);
  const [name, ...more] = call?.callee ?? [];
  return name !== undefined && more.length === 0 && call?.arguments.length === 0 ? name : null;
}

/** The names of `a + b`; null for anything else. */
export function joinedNames(value: Expression): readonly Name[] | null {
  if (value.kind !== "binary") {
    const name = plainName(value);
    return name && [name];
  }
  if (value.operator !== "+") return null;
  const [left, right] = [joinedNames(value.left), joinedNames(value.right)];
  return left && right && [...left, ...right];
}
