import { error, type Span } from "../../diagnostics/index.js";
import { curricula, type LayerFacts, type Modifier, type RatePlan, type Time } from "../../plan/index.js";
import type { Evaluator } from "../evaluate.js";
import type { CheckedModel } from "../model/index.js";
import type { Reporter } from "../reporter.js";
import type { CheckedSchedule } from "../training/schedule.js";
import { type AddressNode, addressTree, matches } from "./address-tree.js";
import type { CheckedCurriculum, Selector } from "./checked-curriculum.js";
import { applyHolds, dividedLevels, heldForGood } from "./holds.js";
import { type DraftLevel, defaultLevels, unmatchedPath, writtenLevels } from "./levels.js";
import { isSoundPlan } from "./soundness.js";

/** What the rates of a run follow from, besides the model. */
export interface PlanRequest {
  /** Joined by `+`; none for conventional training. */
  readonly parts: readonly CheckedCurriculum[];
  readonly schedule: CheckedSchedule;
  /** η(0), and where it is written. */
  readonly common: number;
  readonly commonSpan: Span | null;
  readonly length: { readonly unit: "epochs" | "steps"; readonly value: number };
  readonly lengthSpan: Span;
  /** Where the curriculum is chosen, for messages about the choice. */
  readonly span: Span;
}

export type UntabledPlan = Omit<RatePlan, "table">;

/** Makes rate plans for one model. */
export class Planner {
  readonly #root: AddressNode;

  constructor(
    private readonly model: CheckedModel,
    private readonly evaluator: Evaluator,
    private readonly reporter: Reporter,
  ) {
    this.#root = addressTree(model);
  }

  /** Whether the levels of a curriculum are sound, where the rest of a request is not known. */
  checkLevels(parts: PlanRequest["parts"], span: Span): void {
    const setting = parts.find((part) => part.kind.rates !== null) ?? null;
    // No fault of levels hangs on what the common rate is.
    this.levels({ parts, span, common: 1 }, setting);
    this.modifiers(parts);
  }

  /** The rate plan of the model under a curriculum; null after reported faults. */
  plan(request: PlanRequest): UntabledPlan | null {
    const { parts, common } = request;
    const [setting, second] = parts.filter((part) => part.kind.rates !== null);
    if (setting !== undefined && second !== undefined) {
      this.reporter.report(
        error("L0415", `\`${setting.name}\` and \`${second.name}\` both set the rates`, {
          at: { span: request.span, text: "joined, each level would have two" },
          helps: ["join one of them with a kind that sets none, such as `cbs`"],
        }),
      );
      return null;
    }
    const levels = this.levels(request, setting ?? null);
    const modifiers = this.modifiers(parts);
    if (levels === null || modifiers === null) return null;
    const kind = setting?.kind ?? curricula.get("conventional");
    const rates = kind?.rates;
    if (kind === undefined || !rates) return null;
    const values = setting?.values ?? {};
    const every = (values.every as Time | undefined) ?? { unit: "epochs", value: 1 };
    const plan: UntabledPlan = {
      curriculum: parts.length === 0 ? "conventional" : parts.map((part) => part.name).join("_"),
      levels: levels.rows,
      rule: { kind: kind.name, common, ...rates.store(values, { starts: levels.starts, common, every }) },
      schedule: request.schedule.stored,
      every,
      ...(modifiers.length === 0 ? {} : { modifiers }),
    };
    return isSoundPlan(plan, levels.starts, request, setting ?? null, this.reporter) ? plan : null;
  }

  private levels(request: Pick<PlanRequest, "parts" | "span" | "common">, setting: CheckedCurriculum | null) {
    const { model, evaluator, reporter } = this;
    const context = { model, evaluator, reporter, root: this.#root };
    const applied = applyHolds(
      request.parts.flatMap((part) => part.holds),
      context,
    );
    if (applied === null) return null;
    const held = heldForGood(applied);
    const written = setting?.levels ?? null;
    const drafts = written === null ? defaultLevels(model) : writtenLevels(written, held, context);
    if (drafts === null) return null;
    const free = drafts.flatMap((draft): DraftLevel[] => {
      const tensors = draft.tensors.filter((tensor) => !held.has(tensor));
      return tensors.length === 0 ? [] : [{ ...draft, tensors }];
    });
    const emptied = drafts.find((draft) => draft.span !== null && draft.tensors.every((t) => held.has(t)));
    if (emptied !== undefined) {
      const hold = applied.find(({ tensors }) => tensors.some((tensor) => emptied.tensors.includes(tensor)));
      reporter.report(
        error("L0409", `level \`${emptied.address}\` never follows the curriculum`, {
          at: { span: emptied.span as Span, text: "all of it is held or frozen for good" },
          secondary: hold === undefined ? [] : [{ span: hold.hold.span, text: "takes it out" }],
          helps: ["leave it out of `levels`, or say `until` when it thaws"],
        }),
      );
      return null;
    }
    if (free.length === 0) {
      reporter.report(
        error("L0412", `nothing of \`${model.name}\` is trained by the curriculum`, {
          at: { span: request.span, text: "all layers are held or frozen for good" },
          helps: ["leave at least one layer free, or say `until` when layers thaw"],
        }),
      );
      return null;
    }
    const starts = this.starts(request, setting, free.length);
    return starts && { starts, rows: dividedLevels(free, starts, applied) };
  }

  /** η_j(0) of n levels; null where a list has another number of rates. */
  private starts(
    request: Pick<PlanRequest, "common">,
    setting: CheckedCurriculum | null,
    n: number,
  ): readonly number[] | null {
    const { common } = request;
    if (setting === null) return new Array<number>(n).fill(common);
    const rates = setting.values.rates as
      | { readonly kind: string; readonly rates?: readonly number[] }
      | undefined;
    if (rates?.kind === "list" && rates.rates?.length !== n) {
      this.reporter.report(
        error("L0404", `${rates.rates?.length} rates for ${n} levels`, {
          at: { span: setting.spans.rates ?? setting.span, text: "one rate a level" },
          secondary:
            setting.levels === null ? [] : [{ span: setting.levels.span, text: `makes ${n} levels` }],
          helps: [`list ${n} rates, or give the two ends: \`rates  0.1 -> 1e-6\``],
        }),
      );
      return null;
    }
    return setting.kind.rates?.starts(setting.values, common, n) ?? null;
  }

  /** Parts that set no rates, with the layers that they change. */
  private modifiers(parts: readonly CheckedCurriculum[]): readonly Modifier[] | null {
    const modifiers: Modifier[] = [];
    for (const part of parts) {
      if (part.kind.modifier === null) continue;
      const values: Record<string, unknown> = { ...part.values };
      for (const [name, spec] of Object.entries(part.kind.settings)) {
        if (spec.type !== "layers") continue;
        const layers = this.layers(part, values[name] as readonly Selector[] | null, spec);
        if (layers === null) return null;
        values[name] = layers;
      }
      modifiers.push({ kind: part.kind.name, ...part.kind.modifier.store(values) });
    }
    return modifiers;
  }

  /** Addresses of the layers that a setting names, or that it stands for by default. */
  private layers(
    part: CheckedCurriculum,
    selectors: readonly Selector[] | null,
    spec: {
      accepts(layer: LayerFacts): boolean;
      otherwise(layer: LayerFacts): boolean;
      readonly noun: string;
    },
  ): readonly string[] | null {
    const facts = this.model.layers.map(({ address, operator }) => ({ address, operator: operator.name }));
    if (selectors === null) {
      const found = facts.filter((layer) => spec.otherwise(layer)).map(({ address }) => address);
      if (found.length > 0) return found;
      this.reporter.report(
        error(
          "L0411",
          `curriculum \`${part.name}\` changes nothing: \`${this.model.name}\` has no ${spec.noun} for it`,
          {
            at: { span: part.span, text: "finds nothing to change" },
            secondary: [{ span: this.model.span, text: `has no ${spec.noun}` }],
          },
        ),
      );
      return null;
    }
    const chosen = new Set<string>();
    for (const path of selectors.flatMap((selector) => selector.paths)) {
      const found = matches(this.#root, path, this.evaluator);
      if (found === null) return null;
      const inside = facts.filter(
        (layer) =>
          spec.accepts(layer) &&
          found.some(({ address }) => layer.address === address || layer.address.startsWith(`${address}.`)),
      );
      if (inside.length === 0) {
        const { model, evaluator, reporter } = this;
        this.reporter.report(
          found.length === 0
            ? unmatchedPath(path, { model, evaluator, reporter, root: this.#root }, [])
            : error("L0418", `there is no ${spec.noun} at or below \`${found[0]?.address}\``, {
                at: { span: path.span, text: `names no ${spec.noun}` },
              }),
        );
        return null;
      }
      for (const { address } of inside) chosen.add(address);
    }
    return facts.map(({ address }) => address).filter((address) => chosen.has(address));
  }
}
