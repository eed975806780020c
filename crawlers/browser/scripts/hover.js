// Point at what a menu may hang from: some draw their links only as long as the mouse is there.
// Nothing is pressed, and no link that leads anywhere is pointed at (some fetch what it leads to).
// The links that came are put where they hung; gives their number. `most` places at most.
async (most) => {
  const HIGH = 300; // menus stand at the top, or are called so
  const bars = "nav, header, [role=navigation], [role=menubar]";
  const pointed = (e) => getComputedStyle(e).cursor === "pointer";
  const marked = (e) => e.matches("[aria-haspopup]:not([aria-haspopup=false]), [aria-expanded=false]");
  const leads = (e) => e.closest("a[href]:not([href^='#']):not([href^='javascript:'])");
  const isPlace = (e) => {
    if (leads(e) || e.closest("form, [contenteditable]")) return false;
    const box = e.getBoundingClientRect();
    if (!box.width || !box.height) return false;
    const bar = e.closest(bars);
    if (!bar && box.top + scrollY > HIGH) return false;
    // An entry of a list that has no list of its own yet, a mark, or a hand for a pointer.
    return (bar && e.matches("li") && !e.querySelector("ul, ol")) || marked(e)
      || (pointed(e) && (!e.parentElement || !pointed(e.parentElement)) && e.innerText.trim().length < 60);
  };
  const tell = (e, names, bubbles) => {
    for (const name of names) {
      const Kind = name.startsWith("pointer") ? PointerEvent : MouseEvent;
      const box = e.getBoundingClientRect();
      e.dispatchEvent(new Kind(name, {
        bubbles, cancelable: bubbles, pointerType: "mouse", view: window,
        clientX: box.x + box.width / 2, clientY: box.y + box.height / 2, relatedTarget: document.body,
      }));
    }
  };
  // Without the headings that some set their links in: the page's own parts would hang below them.
  const plain = (link) => {
    const copy = link.cloneNode(false);
    copy.textContent = link.innerText || link.textContent;
    return copy;
  };
  const links = () => new Map([...document.querySelectorAll("a[href]")].map((a) => [a.href, a]));
  const places = [...document.querySelectorAll("body *")].filter(isPlace).slice(0, most);
  const here = staying();
  const before = links();
  let came = 0;
  for (const place of places) {
    if (!place.isConnected) continue;
    tell(place, ["pointerover", "mouseover", "pointermove", "mousemove"], true);
    tell(place, ["pointerenter", "mouseenter"], false);
    await new Promise((r) => setTimeout(r, 20));
    const found = [...links()].filter(([href]) => !before.has(href))
      .map(([href, a]) => [href, plain(a)]);
    tell(place, ["pointerout", "mouseout"], true);
    tell(place, ["pointerleave", "mouseleave"], false);
    if (here.isMoved()) {
      await here.goBack();
      break;
    }
    if (!found.length) continue;
    await new Promise((r) => setTimeout(r, 40));
    const left = links();
    const shown = document.createElement("div");
    shown.setAttribute("data-hovered", "");
    for (const [href, link] of found) {
      before.set(href, link);
      if (!left.has(href)) shown.append(link, " ");
    }
    if (shown.childElementCount && place.isConnected) place.after(shown);
    came += found.length;
  }
  here.end();
  return came;
}
