// Whether a cookie banner may still come by a clock alone, so many milliseconds after the load:
// a script names one, or one lies hidden in the page.
(latest) => {
  const named = /cookie[-_ ]?(?:consent|banner|notice|bar|law|pop-?up|modal|dialog|message|yes|bot|hub|first|script|pro|accept|decline)|consent|gdpr|ccpa|onetrust|usercentrics|didomi|termly|iubenda|klaro|osano|cmplz|trustarc|tarteaucitron|axeptio|borlabs|sp_message/i;
  const loaded = performance.getEntriesByType("navigation")[0]?.loadEventEnd || 0;
  if (performance.now() - loaded > latest) return false;
  const scripts = [...document.scripts].some((s) => named.test(`${s.src} ${s.text.slice(0, 100000)}`));
  return scripts || [...document.querySelectorAll("[id*=cookie i], [class*=cookie i], [id*=consent i]")]
    .some((e) => !e.getClientRects().length && /cookie/i.test(e.textContent));
}
