/** Operations of `ForwardContext` that no compiled step has yet: each refuses, with its name. */
export abstract class RefusingContext<T> {
  protected abstract refuse(what: string): never;

  conv1d(): T {
    return this.refuse("conv1d");
  }
  convTranspose2d(): T {
    return this.refuse("convTranspose2d");
  }
  globalMaxPool2d(): T {
    return this.refuse("globalMaxPool2d");
  }
  adaptiveAvgPool2d(): T {
    return this.refuse("adaptiveAvgPool2d");
  }
  upsample2d(): T {
    return this.refuse("upsample2d");
  }
  layerNorm(): T {
    return this.refuse("layerNorm");
  }
  groupNorm(): T {
    return this.refuse("groupNorm");
  }
  rmsNorm(): T {
    return this.refuse("rmsNorm");
  }
  prelu(): T {
    return this.refuse("prelu");
  }
  softmax(): T {
    return this.refuse("softmax");
  }
  multiply(): T {
    return this.refuse("multiply");
  }
  concat(): T {
    return this.refuse("concat");
  }
  transpose(): T {
    return this.refuse("transpose");
  }
  pad(): T {
    return this.refuse("pad");
  }
  slice(): T {
    return this.refuse("slice");
  }
  mean(): T {
    return this.refuse("mean");
  }
  embed(): T {
    return this.refuse("embed");
  }
  addAlong(): T {
    return this.refuse("addAlong");
  }
  forEverySample(): T {
    return this.refuse("forEverySample");
  }
  constant(): T {
    return this.refuse("constant");
  }
  prepend(): T {
    return this.refuse("prepend");
  }
  recurrence(): T {
    return this.refuse("recurrence");
  }
  finalState(): T {
    return this.refuse("finalState");
  }
  attention(): T {
    return this.refuse("attention");
  }
}
