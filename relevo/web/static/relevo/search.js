// Search from anywhere: Ctrl-K, or "/" where the page has no filter of its own, opens the dialog; arrows walk what was found.
const finder = document.getElementById("finder");
const field = document.getElementById("finder-text");
const isTyping = (element) => element.matches("input, select, textarea, [contenteditable]");

const open = (event) => {
  event.preventDefault();
  if (!finder.open) finder.showModal();
  field.focus();
  field.select();
};

const wants = (event) => {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") return true;
  const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
  return event.key === "/" && isPlain && !isTyping(event.target) && !document.querySelector("[data-filter]");
};

const walk = (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const hits = [...finder.querySelectorAll("[data-hit]")];
  if (!step || !hits.length) return;
  event.preventDefault();
  const at = hits.indexOf(document.activeElement) + step;
  if (at < 0) field.focus();
  else hits[Math.min(at, hits.length - 1)].focus();
};

// What is listed answers the words before, until the answer to these is there.
let isWaiting = false;

if (finder) {
  field.addEventListener("input", () => { isWaiting = true; });
  finder.addEventListener("htmx:afterSwap", () => { isWaiting = false; });
  document.addEventListener("keydown", (event) => {
    if (wants(event)) open(event);
  });
  finder.addEventListener("keydown", walk);
  // Enter in the field opens the first that was found; without any it leads to the page that says so.
  field.form.addEventListener("submit", (event) => {
    const first = finder.querySelector("[data-hit]");
    if (!first || isWaiting) return;
    event.preventDefault();
    first.click();
  });
  finder.addEventListener("click", (event) => {
    if (event.target === finder) finder.close();
  });
}
