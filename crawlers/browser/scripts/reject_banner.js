// Close a cookie banner by refusing: the button that refuses, never the one that agrees.
// Returns the button's words, or null. Nothing inside a form is pressed, and no link is followed.
() => {
  const refuses =
    /^(?:i )?(?:reject|decline|refuse|deny|disagree|(?:do not|don['’]t) (?:accept|agree))(?: (?:all|non-?essential|optional|everything|tracking|cookies))*(?: cookies)?\W*$|^(?:only |use |accept |allow ){0,2}(?:strictly )?(?:necessary|essential)(?: cookies)?(?: only)?$|^(?:no,? thanks?|opt out|continue without (?:accepting|agreeing))$/i;
  const shown = (e) => e.getClientRects().length > 0;
  const named = /cookie|consent|gdpr|ccpa|onetrust|cookiebot|usercentrics|didomi|termly|iubenda|klaro|qc-cmp|osano|cmplz|trustarc|tarteaucitron|axeptio|borlabs|fides|ketch-/i;
  const banner = (e) => {
    for (let n = e; n; n = n.parentElement || (n.getRootNode() && n.getRootNode().host)) {
      const words = `${n.id} ${n.className} ${n.getAttribute?.("aria-label") || ""}`;
      if (named.test(words)) return true;
    }
    return false;
  };
  const pressable =
    "button, [role=button], input[type=button], a[href='#'], a[href^='javascript:'], a:not([href])";
  const all = (root) => [
    ...root.querySelectorAll(pressable),
    ...[...root.querySelectorAll("*")].filter((e) => e.shadowRoot).flatMap((e) => all(e.shadowRoot)),
  ];
  for (const button of all(document)) {
    const words = (button.innerText || button.value || button.getAttribute("aria-label") || "").trim();
    if (refuses.test(words) && shown(button) && banner(button) && !button.closest("form")) {
      button.click();
      return words.slice(0, 80);
    }
  }
  return null;
}
