// Names of what the page keeps in the browser; values may identify somebody and are left alone.
() => {
  const names = (kept) => {
    try {
      return Object.keys(kept).slice(0, 200);
    } catch {
      return [];
    }
  };
  return { local: names(localStorage), session: names(sessionStorage) };
}
