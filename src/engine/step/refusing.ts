/** Operations of `ForwardContext` that no compiled step has yet: each refuses, with its name. */
export abstract class RefusingContext<T> {
  protected abstract refuse(what: string): never;

  upsample2d(): T {
    return this.refuse("upsample2d");
  }
  softmax(): T {
    return this.refuse("softmax");
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
