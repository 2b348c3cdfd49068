// Keyboard help only; every page works without it. "/" goes to the filter or search field, Escape leaves it.
const isTyping = (element) => element.matches("input, select, textarea, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/" && !isTyping(event.target)) {
    const field = document.querySelector("[data-filter]") ?? document.querySelector("[data-search]");
    if (field) {
      event.preventDefault();
      field.focus();
      field.select?.();
    }
  }
  if (event.key === "Escape" && event.target.matches("[data-filter], [data-search]")) event.target.blur();
});

// A select that narrows a page sends its form at once; without this module its button does.
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-send]")) event.target.form.requestSubmit();
});
