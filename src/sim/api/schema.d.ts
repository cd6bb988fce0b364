// The structure of the Kubernetes kinds, made at build time by src/server/vite/kubernetesSchema.ts.
declare module 'virtual:kubernetes-schema' {
  /**
   * Types are short texts: `string`, `boolean`, `int32`, `int64`, `double`, `time`, `microTime`, `bytes`, `quantity`,
   * `intOrString`, `any`, `@V1PodSpec` (another definition), `[]T` (a list) or `{}T` (a map); a `!` before it says that the
   * field must be there.
   */
  const schema: {
    /** `apps/v1 Deployment` to the name of its definition. */
    readonly kinds: Readonly<Record<string, string>>;
    /** Definition to field to type. */
    readonly definitions: Readonly<Record<string, Readonly<Record<string, string>>>>;
  };
  export default schema;
}
