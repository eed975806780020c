// Scroll to the end, so that what loads when it comes into sight is loaded; back to the top after.
// At once, whatever the page's style says of smoothness; and then the box in the page's middle, if
// that scrolls: in many an application the page itself stands still.
async (most) => {
  const toItsEnd = async (place) => {
    for (let step = 0; step < most; step++) {
      const before = place.scrollTop;
      place.scrollBy({ top: window.innerHeight, behavior: "instant" });
      await new Promise((r) => setTimeout(r, 60));
      if (place.scrollTop === before) break;
    }
    place.scrollTo({ top: 0, behavior: "instant" });
  };
  const page = document.scrollingElement || document.documentElement;
  await toItsEnd(page);
  const scrolls = (e) =>
    e.scrollHeight > e.clientHeight + 50 && /auto|scroll/.test(getComputedStyle(e).overflowY);
  let box = document.elementFromPoint(window.innerWidth / 2, window.innerHeight / 2);
  while (box && box !== page && !scrolls(box)) box = box.parentElement;
  if (box && box !== page) await toItsEnd(box);
}
