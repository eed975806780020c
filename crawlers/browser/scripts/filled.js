// Wait, in milliseconds at most, until there are words to read, where scripts may bring them: half a
// second of quiet is no sign that a page is done, for a script may only be about to ask.
async ([least, longest]) => {
  const end = Date.now() + longest;
  const few = () =>
    document.scripts.length && (document.body?.innerText || "").split(/\s+/).length < least;
  while (few() && Date.now() < end) await new Promise((r) => setTimeout(r, 200));
}
