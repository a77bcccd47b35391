import { unreachable } from "../../base/invariant.js";
import { warning } from "../../diagnostics/index.js";
import type { Body, File, Name } from "../../syntax/index.js";
import { lint } from "./lint.js";

export const entry = lint({
  rule: "snake_case",
  page: {
    code: "L0807",
    title: "a name has capitals",
    meaning: "A name of the file is not written in snake_case. The lint is called `snake_case`.",
    why: "Addresses are easier to type, sort and compare when all are written alike.",
    wrong: {
      spec: `
        model cnn {
          input      image(28, 28, 1)

          firstConv: conv2d(8, 3)
                     flatten
          head:      dense(10)
        }`,
    },
    right: {
      spec: `
        model cnn {
          input       image(28, 28, 1)

          first_conv: conv2d(8, 3)
                      flatten
          head:       dense(10)
        }`,
    },
  },
  check: ({ file }) =>
    declaredNames(file)
      .filter(({ text }) => !/^[a-z_][a-z0-9_]*$/.test(text))
      .map(({ text, span }) =>
        warning("L0807", `\`${text}\` is not written in snake_case`, {
          at: { span, text: "has capitals" },
          notes: ["addresses are easier to type, sort and compare when all are written alike"],
          helps: [`call it \`${snakeCase(text)}\``],
        }),
      ),
});

/** `convBlock2` as `conv_block2`. */
function snakeCase(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();
}

/** Every name that the file gives to something. */
function declaredNames(file: File): Name[] {
  return file.items
    .flatMap((item): (Name | null)[] => {
      switch (item.kind) {
        case "param":
        case "dataset":
        case "names":
        case "curriculum":
          return [item.name];
        case "block":
          return [item.name, ...item.inputs, ...item.params.map((param) => param.name), ...labels(item.body)];
        case "model":
          return [item.name, ...item.params.map((param) => param.name), ...labels(item.body)];
        case "compare":
          return item.arms.map((arm) => arm.label);
        case "import":
          return [item.alias];
        default:
          return [];
      }
    })
    .flatMap((name) => name ?? []);
}

/** Labels, inputs and loop variables of a body and all below. */
function labels(body: Body): Name[] {
  return body.statements.flatMap((statement): Name[] => {
    if (statement.kind === "input") return statement.inputs.flatMap(({ name }) => name ?? []);
    if (statement.kind === "return") return [];
    const { label, layer } = statement;
    const own = label === null ? [] : [label];
    switch (layer.kind) {
      case "call":
        return own;
      case "repeat":
        return [...own, ...(layer.variable === null ? [] : [layer.variable]), ...labels(layer.body)];
      case "when":
        return [...own, ...labels(layer.body)];
      case "residual":
        return [
          ...own,
          ...labels(layer.body),
          ...(layer.shortcut === null ? [] : labels(layer.shortcut.body)),
        ];
      default:
        return unreachable(layer);
    }
  });
}
