import { suggest } from "../../base/suggest.js";
import { error, type Span } from "../../diagnostics/index.js";
import { isMisfit, type Operator, operators, type Shape, shapeText } from "../../language/operators/index.js";
import type {
  BlockItem,
  Body,
  CallExpression,
  CallLayer,
  Layer,
  LayerStatement,
  Name,
} from "../../syntax/index.js";
import { bindArguments } from "../arguments.js";
import { Evaluator, scope } from "../evaluate.js";
import type { Reporter } from "../reporter.js";
import type { Value } from "../values.js";
import { type BodyState, join, unlabelledAddress } from "./body-state.js";
import {
  type CheckedLayer,
  maximumElements,
  maximumLayers,
  maximumRepeat,
  type Stream,
} from "./checked-model.js";
import { type InitChoice, readInit } from "./init.js";
import { bindParameters } from "./parameters.js";
import { axisWords, queryAxis, resolveFrom } from "./references.js";
import { leastLayers } from "./size-estimate.js";

/** What a model may call besides operators. */
export interface Definitions {
  block(name: string): BlockItem | undefined;
  blockNames(): readonly string[];
}

/** Bodies to streams and layers. `null` streams stand for a reported fault: what hangs on them stays silent. */
export class Expander {
  readonly layers: CheckedLayer[] = [];
  readonly #outputs = new Map<string, readonly Stream[]>();
  readonly #addresses = new Map<string, Span>();
  readonly #calling: string[] = [];
  #statements = 0;
  #overflowed = false;

  constructor(
    private readonly definitions: Definitions,
    private readonly reporter: Reporter,
  ) {}

  /** Statements one after another; gives the streams of the last, or those that `return` names. */
  body(body: Body, state: BodyState, entered: readonly Stream[] | null): readonly Stream[] | null {
    let streams = entered;
    const single = this.isTransparentBody(body);
    for (const statement of body.statements) {
      if (this.#overflowed) return null;
      switch (statement.kind) {
        case "input":
          if (state.address !== "" || state.outer !== null) {
            this.fault("L0224", "`input` stands only at the start of a model", statement.span, "not here");
          }
          break;
        case "return":
          this.finishGroup(state, streams);
          return this.returned(statement.names, state);
        case "layer":
          if (statement.label !== null) {
            this.finishGroup(state, streams);
            this.openGroup(state, statement.label);
          }
          streams = this.statement(statement, state, streams, single);
      }
    }
    this.finishGroup(state, streams);
    return streams;
  }

  /** Rule 5 of addresses: a body that is one unlabelled block call or `repeat` adds nothing. */
  private isTransparentBody(body: Body): boolean {
    const [only, ...others] = body.statements;
    if (only?.kind !== "layer" || others.length > 0 || only.label !== null) return false;
    if (only.layer.kind === "repeat") return true;
    return only.layer.kind === "call" && this.definitions.block(calleeName(only.layer.call)) !== undefined;
  }

  private finishGroup(state: BodyState, streams: readonly Stream[] | null): void {
    const { label, address } = state.group;
    if (label === null || streams === null) return;
    state.finished.set(label, streams);
    state.addresses.set(label, address);
    this.#outputs.set(address, this.#outputs.get(address) ?? streams);
  }

  private openGroup(state: BodyState, label: Name): void {
    const first = state.labels.get(label.text);
    if (first !== undefined) {
      this.reporter.report(
        error("L0221", `two groups are called \`${label.text}\``, {
          at: { span: label.span, text: "called so again" },
          secondary: first === label.span ? [] : [{ span: first, text: "called so first" }],
          helps: ["addresses must be unique: choose another label"],
        }),
      );
    }
    if (axisWords.includes(label.text)) {
      this.fault(
        "L0223",
        `\`${label.text}\` asks for a size and can't be a label`,
        label.span,
        "a word for sizes",
        [`words for sizes are ${axisWords.join(", ")}`],
      );
    }
    state.labels.set(label.text, label.span);
    state.group = { label: label.text, address: join(state.address, label.text), counts: new Map() };
  }

  private statement(
    statement: LayerStatement,
    state: BodyState,
    streams: readonly Stream[] | null,
    single: boolean,
  ): readonly Stream[] | null {
    if (++this.#statements > 10 * maximumLayers) return this.tooLarge(statement.span);
    const { layer } = statement;
    const named = (name: string) =>
      statement.label !== null ? state.group.address : unlabelledAddress(state.group, name);
    const level = this.levelOf(state, statement);
    switch (layer.kind) {
      case "call": {
        const inputs =
          layer.from.length > 0 ? resolveFrom(layer.from, state, this.#outputs, this.reporter) : streams;
        const name = layer.call.callee[layer.call.callee.length - 1]?.text ?? "";
        const address = single ? state.address : named(name);
        const output = this.call(layer, address, inputs, state, level);
        if (output !== null) this.#outputs.set(address, output);
        return output;
      }
      case "repeat": {
        const inputs =
          layer.from.length > 0 ? resolveFrom(layer.from, state, this.#outputs, this.reporter) : streams;
        return this.repeat(layer, single ? state.address : named("repeat"), inputs, state);
      }
      case "residual":
        return this.residual(layer, statement.label !== null, state, streams, level);
      case "when": {
        const condition = this.evaluator(state).boolean(layer.condition);
        if (condition === null) return null;
        if (!condition) return streams;
        return this.body(
          layer.body,
          this.nested(state, statement.label !== null, state.entered, level),
          streams,
        );
      }
    }
  }

  /** The level of a statement: its top-level group, or the layer itself above the first label. */
  private levelOf(state: BodyState, statement: LayerStatement): string | null {
    if (state.level !== null) return state.level;
    return statement.label !== null || state.group.label !== null ? state.group.address : null;
  }

  /** A body inside braces that are no call: below the label where there is one, else part of the body around it. */
  private nested(
    state: BodyState,
    labelled: boolean,
    entered: readonly Stream[],
    level: string | null,
  ): BodyState {
    const own = { ...state, outer: state, finished: new Map(), addresses: new Map(), entered, level };
    if (!labelled) return own;
    const { address } = state.group;
    return { ...own, address, labels: new Map(), group: { label: null, address, counts: new Map() } };
  }

  private call(
    layer: CallLayer,
    address: string,
    inputs: readonly Stream[] | null,
    state: BodyState,
    level: string | null,
  ): readonly Stream[] | null {
    const name = calleeName(layer.call);
    const operator = operators.get(name);
    if (operator !== undefined) return this.operator(operator, layer.call, address, inputs, state, level);
    const block = this.definitions.block(name);
    if (block !== undefined) return this.block(block, layer.call, address, inputs, state, level);
    const span = joinedSpan(layer.call.callee);
    const near = suggest(name, [...operators.keys(), ...this.definitions.blockNames()]);
    this.reporter.report(
      error("L0201", `there is no layer called \`${name}\``, {
        at: { span, text: "not an operator or a block of this file" },
        helps: near.slice(0, 1).map((n) => ({
          text: `did you mean \`${n}\`?  (lerac check --fix writes it)`,
          edits: [{ span, replacement: n }],
        })),
      }),
    );
    return null;
  }

  private operator(
    operator: Operator,
    written: CallExpression,
    address: string,
    inputs: readonly Stream[] | null,
    state: BodyState,
    level: string | null,
  ): readonly Stream[] | null {
    const evaluator = this.evaluator(state);
    const { call, init } = this.takeInit(written, operator, evaluator);
    const bound = bindArguments(call, operator.arguments, evaluator, this.reporter);
    if (bound === null || inputs === null) return null;
    const [first, ...others] = inputs;
    const { from, to } = operator.inputs;
    if (first === undefined || inputs.length < from || inputs.length > to) {
      const takes = from === to ? `${from} input${from === 1 ? "" : "s"}` : `${from} or more inputs`;
      this.fault("L0235", `\`${operator.name}\` takes ${takes}, not ${inputs.length}`, written.span, "here");
      return null;
    }
    const inferred = operator.infer({
      inputs: [first.shape, ...others.map((stream) => stream.shape)],
      args: bound.values,
    });
    if (isMisfit(inferred)) {
      const span = (inferred.argument !== undefined && bound.spans[inferred.argument]) || written.span;
      const origin =
        inferred.inputLabel === undefined ? [] : [{ span: first.span, text: inferred.inputLabel }];
      this.reporter.report(
        error(inferred.code, inferred.message(address), {
          at: { span, text: inferred.label },
          secondary: origin,
          notes: inferred.notes ?? [],
          helps: inferred.helps ?? [],
        }),
      );
      return null;
    }
    for (const shape of [inferred.output, ...inferred.tensors.map((tensor) => tensor.shape)]) {
      if (shape.reduce((product, size) => product * size, 1) > maximumElements) {
        this.fault(
          "L0027",
          `\`${address}\` would hold ${shapeText(shape)}`,
          written.span,
          "more than 2^31 numbers",
        );
        return null;
      }
    }
    if (this.layers.length >= maximumLayers) return this.tooLarge(written.span);
    this.claimAddress(address, written.span);
    this.layers.push({
      address,
      operator,
      inputs: inputs.map((stream) => stream.from),
      args: bound.values,
      argSpans: bound.spans,
      ...inferred,
      group: level ?? address,
      init,
      span: written.span,
    });
    return [{ from: address, shape: inferred.output, span: written.span }];
  }

  /** `init:` is an argument of every operator with random tensors, beside its own. */
  private takeInit(
    call: CallExpression,
    operator: Operator,
    evaluator: Evaluator,
  ): { readonly call: CallExpression; readonly init: InitChoice | null } {
    const given = call.arguments.find((argument) => argument.key?.text === "init");
    if (given === undefined || Object.hasOwn(operator.arguments, "init")) return { call, init: null };
    if (!operator.initialisable) return { call, init: null };
    const rest = call.arguments.filter((argument) => argument !== given);
    return { call: { ...call, arguments: rest }, init: readInit(given.value, evaluator, this.reporter) };
  }

  private block(
    block: BlockItem,
    call: CallExpression,
    address: string,
    inputs: readonly Stream[] | null,
    state: BodyState,
    level: string | null,
  ): readonly Stream[] | null {
    if (this.#calling.includes(block.name.text)) {
      const loop = [...this.#calling.slice(this.#calling.indexOf(block.name.text)), block.name.text];
      return this.fault("L0225", `block \`${block.name.text}\` calls itself`, call.span, loop.join(" -> "), [
        "a spec is total: blocks may be nested, not recursive",
      ]);
    }
    const values = bindParameters(block, call, this.evaluator(state), this.reporter);
    if (values === null || inputs === null) return null;
    const expected = Math.max(1, block.inputs.length);
    if (inputs.length !== expected) {
      const takes = `${expected} input${expected === 1 ? "" : "s"}`;
      return this.fault(
        "L0235",
        `\`${block.name.text}\` takes ${takes}, not ${inputs.length}`,
        call.span,
        "here",
      );
    }
    const named = new Map(block.inputs.map((name, i) => [name.text, [inputs[i] as Stream] as const]));
    this.#calling.push(block.name.text);
    const output = this.body(
      block.body,
      {
        address,
        outer: null,
        labels: new Map(),
        finished: new Map(named),
        addresses: new Map(),
        group: { label: null, address, counts: new Map() },
        entered: inputs,
        environment: scope(values),
        level,
      },
      inputs,
    );
    this.#calling.pop();
    return output === null ? null : output.map((stream) => ({ ...stream, span: call.span }));
  }

  private repeat(
    layer: Extract<Layer, { kind: "repeat" }>,
    address: string,
    inputs: readonly Stream[] | null,
    state: BodyState,
  ): readonly Stream[] | null {
    const count = this.evaluator(state).number(layer.count);
    if (count === null || inputs === null) return null;
    if (count.unit !== null || !Number.isInteger(count.value) || count.value < 0) {
      return this.fault(
        "L0210",
        `\`repeat\` needs a whole number, not ${count.value}`,
        layer.count.span,
        "how often",
      );
    }
    const least = leastLayers(layer, state.environment);
    if (least.layers > maximumLayers) {
      const span = { ...layer.keyword, end: layer.count.span.end };
      const digits = least.layers.toLocaleString("en");
      this.reporter.report(
        error("L0025", `this \`repeat\` would make ${digits} layers; the limit is 20,000`, {
          at: { span, text: least.text },
          notes: ["nothing was expanded"],
        }),
      );
      this.#overflowed = true;
      return null;
    }
    if (count.value > maximumRepeat) {
      return this.fault(
        "L0026",
        `\`repeat\` runs at most 4,096 times, not ${count.value}`,
        layer.count.span,
        "too often",
      );
    }
    let streams: readonly Stream[] | null = inputs;
    for (let i = 0; i < count.value && !this.#overflowed; i++) {
      if (streams === null) return null;
      const own = join(address, `${i}`);
      const variable = new Map<string, Value>(
        layer.variable === null ? [] : [[layer.variable.text, { type: "number", value: i, unit: null }]],
      );
      streams = this.body(
        layer.body,
        {
          address: own,
          outer: state,
          labels: new Map(),
          finished: new Map(),
          addresses: new Map(),
          group: { label: null, address: own, counts: new Map() },
          entered: streams,
          environment: scope(variable, state.environment),
          level: state.level ?? own,
        },
        streams,
      );
      if (streams !== null) this.#outputs.set(own, streams);
    }
    return streams;
  }

  private residual(
    layer: Extract<Layer, { kind: "residual" }>,
    labelled: boolean,
    state: BodyState,
    streams: readonly Stream[] | null,
    level: string | null,
  ): readonly Stream[] | null {
    if (streams === null) return null;
    const inner = this.nested(state, labelled, streams, level);
    const output = this.body(layer.body, inner, streams);
    if (output === null) return null;
    let other: readonly Stream[] | null = streams;
    let shortcutTaken = false;
    if (layer.shortcut !== null) {
      const { condition } = layer.shortcut;
      const holds = condition === null || this.evaluator({ ...state, entered: streams }).boolean(condition);
      if (holds === null) return null;
      if (holds) {
        shortcutTaken = true;
        const address = join(labelled ? state.group.address : state.address, "shortcut");
        const group = { label: null, address, counts: new Map<string, number>() };
        const own = { ...inner, outer: state, address, labels: new Map(), finished: new Map(), group };
        other = this.body(layer.shortcut.body, own, streams);
        if (other === null) return null;
      }
    }
    const [a, ...moreA] = output;
    const [b, ...moreB] = other;
    if (a === undefined || b === undefined || moreA.length > 0 || moreB.length > 0) {
      return this.fault(
        "L0235",
        "a `residual` adds one tensor to one tensor",
        layer.keyword,
        "given several",
      );
    }
    if (shapeText(a.shape) !== shapeText(b.shape)) {
      this.reporter.report(this.unlikePaths(layer, a, b, shortcutTaken));
      return null;
    }
    const address = labelled ? state.group.address : unlabelledAddress(state.group, "residual");
    const call = {
      kind: "call" as const,
      callee: [{ text: "add", span: layer.keyword }],
      arguments: [],
      span: layer.keyword,
    };
    return this.operator(operators.get("add") as Operator, call, address, [a, b], state, level);
  }

  private unlikePaths(
    layer: Extract<Layer, { kind: "residual" }>,
    a: Stream,
    b: Stream,
    shortcutTaken: boolean,
  ) {
    const end = layer.body.span.end;
    const brace = { ...layer.body.span, start: end - 1 };
    const helps =
      layer.shortcut === null && a.shape.length === 3
        ? [shortcutHelp(a.shape, b.shape)].filter((h) => h !== null)
        : [];
    return error("L0231", "the two paths of this `residual` have different shapes", {
      at: { span: layer.keyword, text: "adds both paths: they must agree in every size" },
      secondary: [
        { span: a.span, text: `this path gives ${shapeText(a.shape)}` },
        shortcutTaken
          ? { span: b.span, text: `the shortcut gives ${shapeText(b.shape)}` }
          : { span: brace, text: `no \`shortcut\`: the other path stays ${shapeText(b.shape)}` },
      ],
      helps,
    });
  }

  private returned(names: readonly Name[], state: BodyState): readonly Stream[] | null {
    const streams: Stream[] = [];
    for (const name of names) {
      const found = state.finished.get(name.text);
      const [only, ...others] = found ?? [];
      if (only === undefined || others.length > 0) {
        const near = suggest(name.text, state.finished.keys());
        this.fault(
          "L0222",
          found === undefined
            ? `there is no group called \`${name.text}\` to return`
            : `\`${name.text}\` gives several tensors`,
          name.span,
          found === undefined ? "not a label of this block" : "a name stands for one",
          near.length > 0 ? [`did you mean \`${near[0]}\`?`] : [],
        );
        return null;
      }
      this.#outputs.set(join(state.address, name.text), [only]);
      streams.push(only);
    }
    return streams;
  }

  /** An evaluator that also answers `in.channels` and `stem.height`. */
  private evaluator(state: BodyState): Evaluator {
    return new Evaluator(this.reporter, {
      lookup: (name) => state.environment.lookup(name),
      names: () => state.environment.names(),
      query: (path) => queryAxis(path, state, this.#outputs, this.reporter),
    });
  }

  private claimAddress(address: string, span: Span): void {
    const first = this.#addresses.get(address);
    if (first === undefined) {
      this.#addresses.set(address, span);
      return;
    }
    this.reporter.report(
      error("L0221", `two layers have the address \`${address}\``, {
        at: { span, text: "called so again" },
        secondary: [{ span: first, text: "called so first" }],
        helps: ["give one of them a label of its own"],
      }),
    );
  }

  private tooLarge(span: Span): null {
    this.#overflowed = true;
    return this.fault(
      "L0025",
      "this model would have more than 20,000 layers",
      span,
      "here the limit is passed",
    );
  }

  private fault(
    code: string,
    message: string,
    span: Span,
    text: string,
    helps: readonly string[] = [],
  ): null {
    this.reporter.report(error(code, message, { at: { span, text }, helps }));
    return null;
  }
}

function calleeName(call: CallExpression): string {
  return call.callee.map((part) => part.text).join(".");
}

function joinedSpan(names: readonly Name[]): Span {
  const [first] = names as readonly [Name, ...Name[]];
  return { ...first.span, end: (names[names.length - 1] as Name).span.end };
}

/** The 1x1 convolution that makes two image shapes agree, where one does. */
function shortcutHelp(output: Shape, input: Shape): string | null {
  const [height, , channels] = output as [number, number, number];
  const stride = Math.round((input[0] ?? 0) / height);
  if (stride < 1) return null;
  const step = stride === 1 ? "" : `, stride: ${stride}`;
  return `add \`shortcut { conv2d(${channels}, 1${step}) }\` after the \`}\``;
}
