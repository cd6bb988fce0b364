/** What the editor says of something that was done, with the one thing to do about it. The next one takes its place. */
export interface Notice {
  readonly text: string;
  readonly undo?: () => void;
}

export type Say = (notice: Notice) => void;
