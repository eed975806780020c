// Open what a visitor can open without leaving the page: accordions, tabs, "read more", questions.
// No link that leads elsewhere, nothing inside a form, nothing that submits; `most` presses at most.
// Where one panel closes as the next one opens, or all share one place, what was seen in it is put
// where it stood: a visitor reads one after the other, and the page shows only the last.
// Gives how much was pressed, where it would have led ([address, words] each), and which lists went on
// when enough was pressed: [words, whether it is one of voices, posts or pictures] each.
async ([most, promising, commands]) => {
  const more = /^(?:read|show|see|view|learn|load)? ?(?:more|full (?:text|answer|list)|all (?:faqs?|questions|answers))\W*$|^continue reading\W*$|^(?:expand|expand all|open all)$/i;
  // A menu that opens over the page says nothing about the service; a text in navy does.
  const aside = /menu|nav(?!y)|(?<!re)search|cart(?!ridge)|login|dialog/i;
  // Buttons whose words promise what rules ask for, and not that something begins.
  const promises = new RegExp(promising, "i");
  const begins = /\b(?:book\w*|schedul\w+|start(?:ed)?|begin|take|submit|send|pay|buy|order|call|text|chat|sign|log|accept|agree|subscribe|download|next|continue|back|apply|join|request|check|yes|no|cookies?|share|play|pause|copy|print|close|skip|quiz|assessment|qualify|eligible)\b/i;
  // Commands that are nobody's to give but a patient's, whatever opens at them.
  const commanding = new RegExp(commands, "i");
  // A button that begins so does something, and shows nothing.
  const does = /^\W*(?:confirm|acknowledge|verify|reserve|cancel|select|choose|upgrade|upload|complete|watch|listen|give|manage|renew|refill|register|enroll|donate|save|remove|enable|allow|purchase|talk|get help)\b/i;
  // What turns by itself, and voices of patients: no answer to what is pressed beside it.
  const turning = /carousel|slider|swiper|slick|splide|marquee|ticker|typed|testimonial|(?<!p)reviews?(?![a-z])/i;
  // One of several that share a place, by what their makers call them.
  const several = /(?:^|[\s_-])(?:tabs?|tablist|accordions?|faqs?|collaps\w*|toggle|expand\w*|disclosure|questions?)(?:$|[\s_-])/i;
  const asked = /(?:^|[\s_-])(?:quiz|intake|wizard|survey|poll|stepper|chat\w*|cookie\w*|consent|carousel|slider|swiper)(?:$|[\s_-])/i;
  const asking = /(?:^|[\s_-])(?:quiz|intake|wizard|survey|poll|stepper|chat\w*)(?:$|[\s_-])/i;
  const pressable = "button, [role=button], summary, a[href^='#'], a:not([href]), [onclick]";
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
    !e.closest("form, nav, [contenteditable]") && !atTop(e) && !e.form && !leads(e) && !e.disabled
    && !commanding.test(named(e));
  const said = (e) => `${e.getAttribute("role") === "tab" ? "" : e.className} ${e.getAttribute("aria-haspopup") || ""}`;
  const panelOf = (e) => {
    const [id] = (e.getAttribute("aria-controls") || "").split(/\s+/);
    const root = e.getRootNode();
    return (id && root.getElementById?.(id))
      || (e.id && root.querySelector?.(`[aria-labelledby="${CSS.escape(e.id)}"]`)) || null;
  };
  const words = (e) => (e?.textContent || "").trim();
  // A sign alone ("+") has its words in a label.
  const posts = /posts?|blog|news|articles?|gallery|insta|feed|portfolio|events?|videos?|photos?|reviews?|testimonials?/i;
  const MOST_PIECES = 16;
  const named = (e) => {
    const text = (e.innerText || "").trim();
    return /[a-z]/i.test(text) ? text : (e.getAttribute("aria-label") || "").trim();
  };
  const around = (e) => {
    const names = [];
    for (let n = e, step = 0; n && step < 4; n = n.parentElement, step++) names.push(`${n.id} ${n.getAttribute("class") || ""}`);
    return names.join(" ");
  };
  const hand = (e) => getComputedStyle(e).cursor === "pointer";

  // What comes into the page while something is pressed, but for what moves by itself.
  let came = [];
  const restless = new Set();
  const watch = new MutationObserver((records) => came.push(...records));
  watch.observe(document.documentElement, {
    childList: true, subtree: true, attributes: true,
    attributeFilter: ["class", "style", "hidden", "open", "aria-expanded"],
  });
  await new Promise((r) => setTimeout(r, 120));
  came.concat(watch.takeRecords()).forEach((record) => restless.add(record.target));
  const moved = () => came.some((record) => !restless.has(record.target));
  const turns = (e, pressed) => {
    for (let n = e; n && n !== document.body && !n.contains(pressed); n = n.parentElement)
      if (turning.test(`${n.id} ${n.getAttribute("class") || ""} ${n.getAttribute("aria-roledescription") || ""}`)) return true;
    return false;
  };
  const arrived = (pressed) => {
    const records = came.concat(watch.takeRecords()).filter((record) => !restless.has(record.target));
    came = [];
    const added = new Set(records.flatMap((record) => [...record.addedNodes].map((n) => n.nodeType === 1 ? n : n.parentElement)));
    const shown = [...added].filter((e) => e && e.isConnected && e !== document.body
      && !/^(?:SCRIPT|STYLE|LINK|META|IFRAME|svg)$/i.test(e.tagName) && !e.closest("nav, svg") && !turns(e, pressed));
    return shown.filter((e) => !shown.some((other) => other !== e && other.contains(e)));
  };

  const seen = [];
  const keep = (e) => {
    const panel = panelOf(e);
    const parts = arrived(e);
    if (words(panel)) {
      seen.push([e, words(panel), panel.innerHTML]);
      return false;
    }
    const text = parts.map(words).join(" ").trim();
    if (/\w+\W+\w+\W+\w/.test(text) && text.length < 100_000)
      seen.push([e, text, parts.map((part) => part.outerHTML).join("\n"), parts.map(words)]);
    return parts.length > 0;
  };
  // A page's data may hold the same words, and no visitor reads it.
  const standing = () => {
    // In a document without a window, so that no picture is asked for again.
    const copy = document.implementation.createHTMLDocument("").importNode(document.body, true);
    copy.querySelectorAll("script, style, template, noscript").forEach((e) => e.remove());
    return copy.textContent;
  };
  const putBack = () => {
    const there = standing();
    for (const [button, text, html, parts] of seen) {
      const panel = panelOf(button);
      if (parts ? parts.every((part) => there.includes(part)) : words(panel).includes(text)) continue;
      const shown = document.createElement("div");
      shown.setAttribute("data-opened", "");
      shown.innerHTML = html;
      const place = panel || button.closest("h1, h2, h3, h4, h5, h6, dt") || button;
      if (place.isConnected) place.after(shown);
      else if (parts) (document.querySelector("main") || document.body).append(shown);
    }
  };
  all(document, "[aria-expanded=true], [role=tab][aria-selected=true]").forEach(keep);
  for (const details of all(document, "details:not([open])")) details.open = true;
  const isOpen = (e) => e.matches(".active, [aria-expanded=true], [aria-selected=true]");
  const isQuestion = (e) => {
    const text = (e.innerText || "").trim();
    return text.length < 200 && /\w.*\?[^\w?]*$/s.test(text) && !asked.test(around(e));
  };
  const isOneOfSeveral = (e) => several.test(around(e)) && !asked.test(around(e)) && !isOpen(e)
    && named(e).length < 120 && !begins.test(named(e)) && !does.test(named(e));
  // A banner's buttons tell of cookies, and of nothing else.
  const banner = /cookie|gdpr|ccpa|onetrust|usercentrics|didomi|termly|iubenda|klaro|osano|cmplz|trustarc/i;
  // "Consent" alone is what some windows say for yes, and "Help" alone calls somebody.
  const alone = /^\W*(?:consent|help)\W*$/i;
  const keepsPromise = (e) => !banner.test(around(e)) && !asking.test(around(e)) && named(e).length < 60
    && promises.test(named(e).toLowerCase()) && ![begins, does, alone].some((no) => no.test(named(e)));
  const loose = () => [...document.querySelectorAll("h2, h3, h4, h5, h6, dt, li, div, p, span")]
    .filter((e) => e.childElementCount < 5 && isQuestion(e) && !e.closest("button, a, summary, label")
      && hand(e) && !(e.parentElement && hand(e.parentElement)));
  const collect = () => new Set([
    ...all(document, "[aria-expanded=false], [role=tab][aria-selected=false]"),
    // Bootstrap's, where nobody wrote down what is open.
    ...all(document, ["collapse", "tab", "pill"].flatMap((to) =>
      [`[data-toggle=${to}]`, `[data-bs-toggle=${to}]`]).join()).filter((e) => !isOpen(e)),
    ...all(document, `${pressable}, [class*=more]`).filter((e) => more.test(named(e))),
    ...all(document, "button, [role=button], a[href='#'], a:not([href])").filter((e) => isQuestion(e) || isOneOfSeveral(e) || keepsPromise(e)),
    ...loose(),
  ]);
  // As a hand does it: some listen to the button going down, and not to the click.
  const press = (e) => {
    if (e.matches("[role=tab]")) {
      const at = { bubbles: true, cancelable: true, button: 0, view: window };
      e.dispatchEvent(new PointerEvent("pointerdown", { ...at, pointerType: "mouse" }));
      e.dispatchEvent(new MouseEvent("mousedown", at));
      e.focus?.({ preventScroll: true });
      e.dispatchEvent(new MouseEvent("mouseup", at));
    }
    e.click();
  };
  const pressAndWait = async (element) => {
    press(element);
    // An empty panel is waited for longer: its words may have to be asked for.
    for (let wait = 0; wait < (panelOf(element) ? 10 : 4); wait++) {
      await new Promise((r) => setTimeout(r, 30));
      if (panelOf(element) ? words(panelOf(element)) : moved()) break;
    }
  };
  const end = Date.now() + 6000;
  const here = staying();
  const led = new Map();
  const unended = [];
  let pressed = 0;
  let last = null;
  let isDue = false;
  for (const element of collect()) {
    if (pressed >= most || Date.now() > end) break;
    if (!element.isConnected || !safe(element)) continue;
    if (aside.test(said(element)) && !(keepsPromise(element) && element.matches("[aria-haspopup=dialog]"))) continue;
    arrived(element);
    here.forget();
    const text = named(element);
    await pressAndWait(element);
    pressed += 1;
    if (here.went()) led.set(here.went(), text.slice(0, 200));
    // An application may have shown another of its pages in this one's place.
    if (here.isElsewhere()) {
      await here.goBack();
      break;
    }
    let grew = keep(element);
    [last, isDue] = [element, isDue || !grew];
    // A list may come in pieces, as long as there are any.
    const isList = more.test(text) && grew;
    for (let piece = 0; grew && piece < MOST_PIECES && pressed < most && Date.now() < end && element.isConnected && more.test(named(element)); piece++) {
      await pressAndWait(element);
      pressed += 1;
      grew = keep(element);
    }
    // Where the last press still brought something, the list goes on.
    if (isList && grew && element.isConnected && more.test(named(element)))
      unended.push([named(element).slice(0, 60), turns(element, null) || posts.test(around(element))]);
    // A window over the page hides the rest from readers until it is closed again.
    if (element.matches("[aria-haspopup=dialog]")) {
      const at = document.activeElement || document.body;
      at.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", code: "Escape", bubbles: true, cancelable: true }));
      await new Promise((r) => setTimeout(r, 60));
    }
  }
  // Where something pressed showed nothing yet, an answer may be on its way.
  if (isDue) {
    await new Promise((r) => setTimeout(r, 250));
    keep(last);
  }
  here.end();
  watch.disconnect();
  putBack();
  return [pressed, [...led], unended];
}
