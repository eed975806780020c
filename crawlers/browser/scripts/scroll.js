// Scroll to the end, so that what loads when it comes into sight is loaded; back to the top after.
// At once, whatever the page's style says of smoothness; and then the box in the page's middle, if
// that scrolls: in many an application the page itself stands still. Gives whether there was ever more.
async (most) => {
  const toItsEnd = async (place) => {
    const tall = place.scrollHeight;
    let step = 0;
    for (; step < most; step++) {
      const before = place.scrollTop;
      place.scrollBy({ top: window.innerHeight, behavior: "instant" });
      await new Promise((r) => setTimeout(r, 60));
      if (place.scrollTop !== before) continue;
      // What is to come at the end may be on its way.
      const high = place.scrollHeight;
      await new Promise((r) => setTimeout(r, 150));
      if (place.scrollHeight === high) break;
    }
    place.scrollTo({ top: 0, behavior: "instant" });
    return step === most && place.scrollHeight > tall;
  };
  const page = document.scrollingElement || document.documentElement;
  let goesOn = await toItsEnd(page);
  const scrolls = (e) =>
    e.scrollHeight > e.clientHeight + 50 && /auto|scroll/.test(getComputedStyle(e).overflowY);
  let box = document.elementFromPoint(window.innerWidth / 2, window.innerHeight / 2);
  while (box && box !== page && !scrolls(box)) box = box.parentElement;
  if (box && box !== page) goesOn = (await toItsEnd(box)) || goesOn;
  return goesOn;
}
