// Open what a visitor can open without leaving the page: accordions, tabs, "read more".
// No link that leads elsewhere, nothing inside a form, nothing that submits; `most` presses at most.
async (most) => {
  const more = /^(?:read|show|see|view|learn)? ?(?:more|full (?:text|answer|list)|all (?:faqs?|questions|answers))\W*$|^(?:expand|expand all|open all)$/i;
  const leads = (e) => {
    const href = e.closest("a")?.getAttribute("href");
    return href !== null && href !== undefined && !/^(?:#|javascript:)/i.test(href);
  };
  const safe = (e) =>
    !e.closest("form, nav, header, [contenteditable]") && !e.form && !leads(e) && !e.disabled;
  for (const details of document.querySelectorAll("details:not([open])")) details.open = true;
  const wanted = [
    ...document.querySelectorAll("[aria-expanded=false], [role=tab][aria-selected=false]"),
    ...[...document.querySelectorAll("button, [role=button], summary, a[href^='#']")].filter((e) =>
      more.test((e.innerText || "").trim())
    ),
  ];
  let pressed = 0;
  for (const element of new Set(wanted)) {
    if (pressed >= most) break;
    if (!element.isConnected || !safe(element)) continue;
    // A menu that opens over the page says nothing about the service.
    if (/menu|nav|search|cart|login|dialog/i.test(`${element.className} ${element.getAttribute("aria-haspopup") || ""}`)) continue;
    element.click();
    pressed += 1;
    await new Promise((r) => setTimeout(r, 30));
  }
  return pressed;
}
