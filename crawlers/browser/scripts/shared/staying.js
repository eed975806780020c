// Stands before scripts that press or point: the page is to stay what it is. Where a press would
// bring another document, nothing is asked for, and its address is noted; where an application shows
// another of its pages in this one's place, it is called back.
const staying = () => {
  const start = { url: location.href, path: location.pathname, state: history.state };
  start.key = window.navigation?.currentEntry?.key;
  let went = "";
  const note = (event) => {
    if (event.hashChange || event.navigationType === "traverse") return;
    went = event.destination.url;
    if (event.cancelable && !event.destination.sameDocument) event.preventDefault();
  };
  window.navigation?.addEventListener("navigate", note);
  return {
    forget: () => { went = ""; },
    went: () => went,
    isMoved: () => location.href !== start.url,
    isElsewhere: () => location.pathname !== start.path,
    // To where the page stood, and never to what was there before it: where it wrote another address
    // over its own, that is written back.
    goBack: async () => {
      if (window.navigation?.currentEntry?.key === start.key) {
        history.replaceState(start.state, "", start.url);
        dispatchEvent(new PopStateEvent("popstate", { state: start.state }));
      } else {
        const back = window.navigation?.traverseTo(start.key) || {};
        Object.values(back).forEach((done) => done.catch(() => {}));
      }
      await new Promise((r) => setTimeout(r, 300));
    },
    end: () => window.navigation?.removeEventListener("navigate", note),
  };
};
