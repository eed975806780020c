// The bundle of a site that shows nothing without its data service, which is out of order.
const root = document.getElementById("root");
fetch("/api/content").then((reply) => reply.ok && reply.text()).then((text) => { root.textContent = text || ""; });
