// The document as it stands, open shadow roots included (as declarative ones).
() => {
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
