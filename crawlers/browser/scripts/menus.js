// Press what menus may hang from: buttons in headers, footers and menus that are no links. Done when
// all else was taken down, so that what opens over the page is in nobody's way. Gives the links that
// came, and where applications would have gone: [address, words] each. Some show another page in this
// one's place under the same address: those are given as they stand. `most` presses at most.
async ([most, commands]) => {
  const bars = "nav, header, footer, [role=navigation], [role=menubar], [role=banner], [role=contentinfo]";
  const aside = /\b(?:search|cart|bag|basket|log ?in|log ?out|sign|account|dismiss|skip|cookies?|accept|agree|reject|decline|language|translate|theme|dark|light|play|pause|mute|next|prev(?:ious)?|slide|call|chat|message|text us|subscribe|submit|send|scroll|top|accessib\w+|share|copy|print|book\w*|schedul\w+|appointment|pay|buy|order|apply|join|download|opt|unsubscribe|delete|remove|confirm|reserve|cancel|enable|allow|donate|check ?out|register|enroll|refill|renew|verify|upload|purchase|rsvp|watch|acknowledge|complete|save|continue|request)\b/i;
  const commanding = new RegExp(commands, "i");
  const said = (e) => (e.innerText || e.getAttribute("aria-label") || e.title || "").trim();
  const leads = (e) => e.closest("a[href]:not([href^='#']):not([href^='javascript:'])");
  const hand = (e) => getComputedStyle(e).cursor === "pointer";
  const isPlace = (e) => e.closest(bars) && !leads(e) && !e.closest("form, [contenteditable]") && !e.form
    && !e.disabled && said(e).length < 60 && !commanding.test(said(e))
    && !e.closest("[class*=cookie i], [id*=cookie i], [class*=consent i], [id*=consent i]")
    && !aside.test(`${said(e)} ${e.getAttribute("aria-label") || ""} ${e.type === "submit" && e.form ? "submit" : ""}`)
    && (e.matches("button, [role=button], [aria-haspopup]:not([aria-haspopup=false]), [aria-expanded=false], a[href^='#'][aria-expanded], a[href='#'], a:not([href])")
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
  let went = "";
  const note = (event) => {
    if (event.hashChange || event.navigationType === "traverse") return;
    went = event.destination.url;
    // Where the document would be another one, nothing is asked for.
    if (event.cancelable && !event.destination.sameDocument) event.preventDefault();
  };
  window.navigation?.addEventListener("navigate", note);
  const here = location.href;
  const start = { state: history.state, key: window.navigation?.currentEntry?.key };
  // To where the page stood, and never to what was there before it.
  const goBack = async () => {
    if (start.key && window.navigation.currentEntry?.key === start.key) {
      history.replaceState(start.state, "", here);
      dispatchEvent(new PopStateEvent("popstate", { state: start.state }));
    } else history.back();
    await new Promise((r) => setTimeout(r, 300));
  };
  const end = Date.now() + 5000;
  const done = new Set();
  const keyOf = (e) => `${e.tagName} ${said(e)} ${e.getAttribute("aria-label") || ""} ${e.getAttribute("class") || ""}`;
  for (let pressed = 0; pressed < most && Date.now() < end; pressed++) {
    // Anew each time: what was pressed may have drawn further ones, or all of them again.
    const place = places().find((e) => !done.has(keyOf(e)));
    if (!place) break;
    done.add(keyOf(place));
    const words = said(place);
    went = "";
    place.click();
    await new Promise((r) => setTimeout(r, 120));
    if (went && !known.has(went)) found.set(went, words);
    if (location.href !== here) {
      await goBack();
      if (location.href !== here) break;
      continue;
    }
    keepView();
    for (const [href, text] of links()) if (!known.has(href) && !found.has(href)) found.set(href, text);
  }
  window.navigation?.removeEventListener("navigate", note);
  return [[...found].slice(0, 500), views];
}
