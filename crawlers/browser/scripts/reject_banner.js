// Close a cookie banner by refusing: the button that refuses, never the one that agrees; where there
// is none, behind the one that shows settings. `around` is what a frame is called in its page, `over`
// whether it lies over that.
// Gives the button's words, or null. Nothing is pressed that sends a form, and no link is followed.
async ([around, over]) => {
  const refuses =
    /^(?:i )?(?:reject|decline|refuse|deny|disagree|(?:do not|don['’]t) (?:accept|agree))(?: (?:all|non-?essential|optional|everything|tracking|cookies))*(?: cookies)?(?: (?:and|&) (?:close|continue))?\W*$|^(?:only |use |accept |allow ){0,2}(?:strictly )?(?:necessary|essential)(?: cookies)?(?: only)?$|^(?:no,? thanks?|opt out|continue without (?:accepting|agreeing))$/i;
  const settings =
    /^(?:(?:manage|customi[sz]e|change|adjust|review|show|open|set) )?(?:my |your )?(?:(?:cookies?|privacy|consent) )?(?:settings|preferences|choices|options|purposes)\W*$|^(?:customi[sz]e|manage(?: cookies)?)$/i;
  const shown = (e) => e.getClientRects().length > 0;
  const named = /cookie|consent|gdpr|ccpa|onetrust|cookiebot|usercentrics|didomi|termly|iubenda|klaro|qc-cmp|osano|cmplz|truste|trustarc|tarteaucitron|axeptio|borlabs|fides|ketch-|sp_message|privacy-mgmt/i;
  // By its own words a banner is one only where it lies over the page.
  const speaks = (n) => (n.textContent || "").length < 1200 && /\bcookies\b/i.test(n.innerText);
  const tells = (n) => speaks(n)
    && (/^(?:fixed|sticky|absolute)$/.test(getComputedStyle(n).position) || n.matches("[role=dialog], [role=alertdialog], dialog"));
  const banner = (e) => {
    if (named.test(around)) return true;
    for (let n = e; n; n = n.parentElement || (n.getRootNode() && n.getRootNode().host)) {
      const words = `${n.localName} ${n.id} ${n.className} ${n.getAttribute?.("aria-label") || ""}`;
      if (named.test(words) || (n !== document.body && n.parentElement && tells(n))) return true;
    }
    return over && speaks(document.body);
  };
  const pressable =
    "button, [role=button], input[type=button], a[href='#'], a[href^='javascript:'], a:not([href])";
  const hand = (e) => e.childElementCount < 2 && e.textContent.length < 60 && getComputedStyle(e).cursor === "pointer";
  const all = (root) => [
    ...root.querySelectorAll(pressable),
    ...[...root.querySelectorAll("div, span, p, li, b")].filter((e) => !e.closest(pressable) && hand(e)),
    ...[...root.querySelectorAll("*")].filter((e) => e.shadowRoot).flatMap((e) => all(e.shadowRoot)),
  ];
  const sends = (e) => e.closest("form") && !(e.matches("button, input") && e.type === "button");
  const press = (wanted) => {
    for (const button of all(document)) {
      const words = (button.innerText || button.value || button.getAttribute("aria-label") || "").trim();
      if (wanted.test(words) && shown(button) && banner(button) && !sends(button)) {
        button.click();
        return words.slice(0, 80);
      }
    }
    return null;
  };
  const pressed = press(refuses);
  if (pressed || !press(settings)) return pressed;
  await new Promise((r) => setTimeout(r, 400));
  return press(refuses);
}
