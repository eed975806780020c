// Press what menus may hang from: buttons in headers, footers and menus that are no links, what is
// called a menu's button elsewhere, and entries of what they draw. Done when
// all else was taken down, so that what opens over the page is in nobody's way. Gives the links that
// came, and where applications would have gone: [address, words] each. Some show another page in this
// one's place under the same address: those are given as they stand. `most` presses at most.
async ([most, commands, burger]) => {
  const bars = "nav, header, footer, [role=navigation], [role=menubar], [role=banner], [role=contentinfo]";
  const aside = /\b(?:search|cart|bag|basket|log ?in|log ?out|sign|account|dismiss|skip|cookies?|accept|agree|reject|decline|language|translate|theme|dark|light|play|pause|mute|next|prev(?:ious)?|slide|call|chat|message|text us|subscribe|submit|send|scroll|top|accessib\w+|share|copy|print|book\w*|schedul\w+|appointment|pay|buy|order|apply|join|download|opt|unsubscribe|delete|remove|confirm|reserve|cancel|enable|allow|donate|check ?out|register|enroll|refill|renew|verify|upload|purchase|rsvp|watch|acknowledge|complete|save|continue|request|enter|exit|leave|yes|no)\b/i;
  const commanding = new RegExp(commands, "i");
  const said = (e) => (e.innerText || e.getAttribute("aria-label") || e.title || "").trim();
  const leads = (e) => e.closest("a[href]:not([href^='#']):not([href^='javascript:'])");
  const hand = (e) => getComputedStyle(e).cursor === "pointer";
  // What opens a menu, wherever it stands, by what its makers call it.
  const burgers = new RegExp(burger, "i");
  const isBurger = (e) => burgers.test(`${e.id} ${e.getAttribute("class") || ""}`)
    || /^\W*(?:(?:open|toggle|show|main|site|mobile) )*(?:menu|navigation)\W*$|^[☰≡]$/i.test(e.getAttribute("aria-label") || said(e));
  // Lists that came when a menu was opened: their entries open further ones.
  const drawn = [];
  const isDrawn = (e) => drawn.some((part) => part.nodeType === 1 && part.contains(e) && part.querySelector("a[href]"));
  const isGate = (e) => e.closest("[class*=age-gate i], [class*=agegate i], [class*=age-verif i], [id*=age-gate i], [id*=agegate i], [id*=age-verif i]");
  const isPlace = (e) => (e.closest(bars) || isDrawn(e) || (isBurger(e) && !e.querySelector("a[href]"))) && !leads(e) && !isGate(e) && !e.closest("form, [contenteditable]") && !e.form
    && !e.disabled && said(e).length < 60 && !commanding.test(said(e))
    && !e.closest("[class*=cookie i], [id*=cookie i], [class*=consent i], [id*=consent i]")
    && !aside.test(`${said(e)} ${e.getAttribute("aria-label") || ""} ${e.type === "submit" && e.form ? "submit" : ""}`)
    && (e.matches("button, [role=button], [aria-haspopup]:not([aria-haspopup=false]), [aria-expanded=false], a[href^='#'][aria-expanded], a[href='#'], a:not([href])") || (isBurger(e) && !(e.parentElement && isBurger(e.parentElement)))
      || (hand(e) && !(e.parentElement && hand(e.parentElement))));
  const places = () => [...document.querySelectorAll("body *")].filter(isPlace);
  const links = () => new Map([...document.querySelectorAll("a[href]")].map((a) => [a.href, (a.innerText || a.textContent).trim()]));
  const found = new Map();
  const views = [];
  const matter = () => {
    // In a document without a window, so that no picture is asked for again.
    const copy = document.implementation.createHTMLDocument("").importNode(document.body, true);
    copy.querySelectorAll(`${bars}, script, style, template, noscript`).forEach((e) => e.remove());
    return copy;
  };
  const plain = (e) => e.textContent.replace(/\s+/g, " ").trim();
  // Most of what stood there is gone, and there is something else to read.
  const told = [plain(matter())];
  const pieces = (told[0].match(/.{40}/gs) || []).slice(0, 60);
  const keepView = () => {
    const now = matter();
    const text = plain(now);
    const left = pieces.filter((piece) => text.includes(piece)).length;
    if (!pieces.length || left > pieces.length / 3 || text.length < 40 || told.includes(text)) return;
    told.push(text);
    if (text.length < 200_000) views.push(now.innerHTML);
  };
  const known = links();
  const here = staying();
  const end = Date.now() + 5000;
  const done = new Set();
  const keyOf = (e) => `${e.tagName} ${said(e)} ${e.getAttribute("aria-label") || ""} ${e.getAttribute("class") || ""}`;
  for (let pressed = 0; pressed < most && Date.now() < end; pressed++) {
    // Anew each time: what was pressed may have drawn further ones, or all of them again.
    const place = places().find((e) => !done.has(keyOf(e)));
    if (!place) break;
    done.add(keyOf(place));
    const words = said(place);
    here.forget();
    const watch = new MutationObserver((records) => drawn.push(...records.flatMap((r) => [...r.addedNodes])));
    if (isBurger(place) || place.closest(bars)) watch.observe(document.body, { childList: true, subtree: true });
    place.click();
    await new Promise((r) => setTimeout(r, 120));
    watch.disconnect();
    const went = here.went();
    if (went && !known.has(went)) found.set(went, words);
    if (here.isMoved()) {
      await here.goBack();
      if (here.isMoved()) break;
      continue;
    }
    keepView();
    for (const [href, text] of links()) if (!known.has(href) && !found.has(href)) found.set(href, text);
  }
  here.end();
  return [[...found].slice(0, 500), views];
}
