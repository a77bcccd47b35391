/** A spec of a small residual net with what a test is about; what else a complete file needs is there. */
export function trainingSpec(parts: {
  readonly curriculum?: string;
  readonly train?: string;
  readonly rest?: string;
  readonly model?: string;
  readonly seeds?: string | null;
}): string {
  const { seeds = "1..5" } = parts;
  return `lerac 1

experiment "test" {
${seeds === null ? "" : `  seeds  ${seeds}`}
}

dataset data {
  source   idx("data")
  classes  10
  train    split(train, first: 90%)
  val      split(train, last: 10%)
  test     split(test)
}

${parts.model ?? net}

${parts.curriculum ?? ""}

train {
  loss       cross_entropy
${parts.train?.includes("optimizer") ? "" : "  optimizer  sgd(rate: 0.1)"}
  batch      64
${/^\s*(epochs|steps) /m.test(parts.train ?? "") ? "" : "  epochs     30"}
${parts.train ?? ""}
}

${parts.rest ?? ""}
`;
}

/** Addresses: stem, stage1.0, stage1.1, stage2, head; a batch norm beside each convolution. */
const net = `block basic(filters) {
  residual {
    conv: conv2d(filters, 3, bias: false)
    bn:   batch_norm
  } shortcut {
    conv: conv2d(filters, 1)
  }
  relu
}

model net {
  input   image(28, 28, 1)

  stem:   conv2d(4, 3)
          batch_norm
          relu
  stage1: repeat 2 { basic(4) }
  stage2: basic(8)
          global_avg_pool
  head:   dense(10)
}`;
