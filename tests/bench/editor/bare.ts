// The bare page: a button that loads Monaco and nothing else.

document.querySelector('#open')?.addEventListener('click', async () => {
  const { openEditor } = await import('./openEditor.ts');
  const host = document.querySelector<HTMLElement>('#editor');
  if (host !== null) openEditor(host, localStorage.getItem('bench.text') ?? '');
});
