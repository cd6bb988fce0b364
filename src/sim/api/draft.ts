// An object as a client hands it in: of the right types, but any field may be missing.

/** `T` with every field optional, at every depth. What validation reads before it can promise a whole `T`. */
export type Draft<T> = T extends string | number | boolean | null | undefined
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Draft<Item>[]
    : T extends object
      ? { readonly [Key in keyof T]?: Draft<T[Key]> | undefined }
      : T;
