import { error, type Span } from "../../diagnostics/index.js";
import type { BlockItem } from "../../syntax/index.js";
import { Evaluator } from "../evaluate.js";
import type { Reporter } from "../reporter.js";
import type { BodyState } from "./body-state.js";
import { type CheckedLayer, maximumLayers, maximumSteps, type Stream } from "./checked-model.js";
import { queryAxis } from "./references.js";

/**
 * What the expansion of one model has found so far. The functions that expand bodies, calls and loops share it; each
 * gives the streams that flow on, or null after a reported fault: what hangs on null stays silent.
 */
export class Expansion {
  readonly layers: CheckedLayer[] = [];
  /** Streams by the address that gave them. */
  readonly outputs = new Map<string, readonly Stream[]>();
  /** Blocks that are being called, outermost first. */
  readonly calling: BlockItem[] = [];
  /** Addresses of groups whose label stands twice: what follows from it stays silent. */
  readonly doubled: string[] = [];
  readonly #addresses = new Map<string, Span>();
  #statements = 0;
  #overflowed = false;

  constructor(readonly reporter: Reporter) {}

  /** A limit was passed: nothing more is expanded. */
  get overflowed(): boolean {
    return this.#overflowed;
  }

  stop(): null {
    this.#overflowed = true;
    return null;
  }

  /** Counts a statement; false when there were too many, which is reported. */
  countStatement(span: Span): boolean {
    if (++this.#statements <= maximumSteps) return true;
    this.tooLarge(span);
    return false;
  }

  addLayer(layer: CheckedLayer): boolean {
    if (this.layers.length >= maximumLayers) {
      this.tooLarge(layer.span);
      return false;
    }
    this.#claimAddress(layer.address, layer.span);
    this.layers.push(layer);
    return true;
  }

  /** An evaluator that also answers `in.channels` and `stem.height`. */
  evaluator(state: BodyState, reporter: Reporter = this.reporter): Evaluator {
    return new Evaluator(reporter, {
      lookup: (name) => state.environment.lookup(name),
      names: () => state.environment.names(),
      query: (path) => queryAxis(path, state, this.outputs, reporter),
    });
  }

  fault(code: string, message: string, span: Span, text: string, helps: readonly string[] = []): null {
    this.reporter.report(error(code, message, { at: { span, text }, helps }));
    return null;
  }

  private tooLarge(span: Span): void {
    this.#overflowed = true;
    this.fault("L0025", "this model would have more than 20,000 layers", span, "here the limit is passed");
  }

  #claimAddress(address: string, span: Span): void {
    const first = this.#addresses.get(address);
    if (first === undefined) {
      this.#addresses.set(address, span);
      return;
    }
    if (this.doubled.some((group) => address === group || address.startsWith(`${group}.`))) return;
    this.reporter.report(
      error("L0221", `two layers have the address \`${address}\``, {
        at: { span, text: "called so again" },
        secondary: first.start === span.start ? [] : [{ span: first, text: "called so first" }],
        helps: ["give one of them a label of its own"],
      }),
    );
  }
}
