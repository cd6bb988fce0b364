/** Hands a file to the browser's downloads. */
export function saveFile(name: string, type: string, data: BlobPart): void {
  const address = URL.createObjectURL(new Blob([data], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken hold of it once the press was handled.
  setTimeout(() => URL.revokeObjectURL(address), 0);
}
