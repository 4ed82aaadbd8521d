// Review by keyboard. Without this script every key has its button, link or form.
"use strict";
document.addEventListener("keydown", (event) => {
  const at = event.target;
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (at instanceof Element && at.closest("input:not([type=hidden]),select,textarea")) {
    if (event.key === "Escape") at.blur();
    return;
  }
  if (!/^[acrstunpd]$/i.test(event.key)) return;
  const found = document.querySelector(`[data-key="${event.key.toLowerCase()}"]`);
  if (!found) return;
  event.preventDefault();
  if (found instanceof HTMLDetailsElement) {
    found.open = true;
    found.querySelector("input:not([type=hidden]),select,textarea")?.focus();
  } else {
    found.click();
  }
});
