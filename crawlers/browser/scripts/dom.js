// The document as it stands: open shadow roots included (as declarative ones), and what frames
// without an address of their own show, after them. Frames with an address are pages of their own.
() => {
  for (const frame of document.querySelectorAll("iframe")) {
    let inside = null;
    try {
      const own = /^(?:about:|$)/.test(frame.contentWindow.location.href);
      inside = own ? frame.contentDocument.body : null;
    } catch { /* another site's */ }
    if (!inside || !inside.innerText.trim() || !frame.getClientRects().length) continue;
    const shown = document.createElement("div");
    shown.setAttribute("data-frame", "");
    shown.innerHTML = inside.innerHTML;
    frame.after(shown);
  }
  const roots = [];
  const walk = (node) => {
    for (const element of node.querySelectorAll("*")) {
      if (element.shadowRoot) {
        roots.push(element.shadowRoot);
        walk(element.shadowRoot);
      }
    }
  };
  walk(document);
  const root = document.documentElement;
  const inner = root.getHTML ? root.getHTML({ shadowRoots: roots }) : root.innerHTML;
  const open = root.cloneNode(false).outerHTML.replace(/<\/html>$/i, "");
  return `<!DOCTYPE html>${open}${inner}</html>`;
}
