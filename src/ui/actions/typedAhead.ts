// What was typed for the palette between the key that opens it and the moment in which it stands.

let text = '';

export const typedAhead = {
  add(letter: string): void {
    text += letter;
  },
  /** The palette takes it, once. */
  take(): string {
    const taken = text;
    text = '';
    return taken;
  },
};
