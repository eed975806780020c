// Open what a visitor can open without leaving the page: accordions, tabs, "read more".
// No link that leads elsewhere, nothing inside a form, nothing that submits; `most` presses at most.
// Where one panel closes as the next one opens, or all share one place, what was seen in it is put
// where it stood: a visitor reads one after the other, and the page shows only the last.
async (most) => {
  const more = /^(?:read|show|see|view|learn|load)? ?(?:more|full (?:text|answer|list)|all (?:faqs?|questions|answers))\W*$|^continue reading\W*$|^(?:expand|expand all|open all)$/i;
  // A menu that opens over the page says nothing about the service; a text in navy does.
  const aside = /menu|nav(?!y)|(?<!re)search|cart(?!ridge)|login|dialog/i;
  const all = (root, wanted) => [
    ...root.querySelectorAll(wanted),
    ...[...root.querySelectorAll("*")].filter((e) => e.shadowRoot).flatMap((e) => all(e.shadowRoot, wanted)),
  ];
  const leads = (e) => {
    const href = e.closest("a")?.getAttribute("href");
    return href !== null && href !== undefined && !/^(?:#|javascript:)/i.test(href);
  };
  const atTop = (e) => e.closest("header") && !e.closest("header").closest("main, article, section");
  const safe = (e) =>
    !e.closest("form, nav, [contenteditable]") && !atTop(e) && !e.form && !leads(e) && !e.disabled;
  const said = (e) => `${e.getAttribute("role") === "tab" ? "" : e.className} ${e.getAttribute("aria-haspopup") || ""}`;
  const panelOf = (e) => {
    const [id] = (e.getAttribute("aria-controls") || "").split(/\s+/);
    const root = e.getRootNode();
    return (id && root.getElementById?.(id))
      || (e.id && root.querySelector?.(`[aria-labelledby="${CSS.escape(e.id)}"]`)) || null;
  };
  const words = (e) => (e?.textContent || "").trim();
  const seen = [];
  const keep = (e) => {
    const panel = panelOf(e);
    if (words(panel)) seen.push([e, words(panel), panel.innerHTML]);
  };
  const putBack = () => {
    for (const [button, text, html] of seen) {
      const panel = panelOf(button);
      if (!button.isConnected || words(panel).includes(text)) continue;
      const shown = document.createElement("div");
      shown.setAttribute("data-opened", "");
      shown.innerHTML = html;
      (panel || button.closest("h1, h2, h3, h4, h5, h6, dt") || button).after(shown);
    }
  };
  all(document, "[aria-expanded=true], [role=tab][aria-selected=true]").forEach(keep);
  for (const details of all(document, "details:not([open])")) details.open = true;
  // A sign alone ("+") has its words in a label.
  const named = (e) => {
    const text = (e.innerText || "").trim();
    return /[a-z]/i.test(text) ? text : (e.getAttribute("aria-label") || "").trim();
  };
  const isOpen = (e) => e.matches(".active, [aria-expanded=true], [aria-selected=true]");
  const wanted = [
    ...all(document, "[aria-expanded=false], [role=tab][aria-selected=false]"),
    // Bootstrap's, where nobody wrote down what is open.
    ...all(document, ["collapse", "tab", "pill"].flatMap((to) =>
      [`[data-toggle=${to}]`, `[data-bs-toggle=${to}]`]).join()).filter((e) => !isOpen(e)),
    ...all(document, "button, [role=button], summary, a[href^='#'], a:not([href]), [onclick], [class*=more]")
      .filter((e) => more.test(named(e))),
  ];
  const end = Date.now() + 6000;
  const here = location.pathname;
  let pressed = 0;
  for (const element of new Set(wanted)) {
    if (pressed >= most || Date.now() > end) break;
    if (!element.isConnected || !safe(element) || aside.test(said(element))) continue;
    element.click();
    pressed += 1;
    for (let wait = 0; wait < 5; wait++) {
      await new Promise((r) => setTimeout(r, 30));
      if (!panelOf(element) || words(panelOf(element))) break;
    }
    // An application may have shown another of its pages in this one's place.
    if (location.pathname !== here) {
      history.back();
      await new Promise((r) => setTimeout(r, 300));
      break;
    }
    keep(element);
  }
  putBack();
  return pressed;
}
