// Scroll to the end, so that what loads when it comes into sight is loaded; back to the top after.
async (most) => {
  for (let step = 0; step < most; step++) {
    const before = window.scrollY;
    window.scrollBy(0, window.innerHeight);
    await new Promise((r) => setTimeout(r, 60));
    if (window.scrollY === before) break;
  }
  window.scrollTo(0, 0);
}
