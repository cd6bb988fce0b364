/**
 * Calls back when the window has another size and the page is laid out for it: what is measured is there a frame after
 * the media queries and the sizes of the panes were told of it. Returns how to stop.
 */
export function onResized(callback: () => void): () => void {
  let frame = 0;
  const onResize = (): void => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(callback);
    });
  };
  addEventListener('resize', onResize);
  return () => {
    cancelAnimationFrame(frame);
    removeEventListener('resize', onResize);
  };
}
