// Runs before a page's own scripts, in every frame. A visitor who only reads sends no form, prints
// nothing and opens no second window; and what is shown from a closed shadow root is shown all the
// same, so it has to be readable.
(() => {
  const nothing = () => null;
  window.open = nothing;
  window.print = nothing;
  // What these send passes no fence.
  for (const name of ["SharedWorker", "fetchLater", "WebTransport"]) delete window[name];
  for (const name of ["submit", "requestSubmit"]) HTMLFormElement.prototype[name] = nothing;
  window.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (init) {
    return attach.call(this, { ...init, mode: "open" });
  };
})();
