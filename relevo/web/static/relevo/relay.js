// Hand-offs, comfort only: arrow keys walk the cards of the board, and a link is copied by a button.

const columns = () => [...document.querySelectorAll(".board .column")];
const cards = (column) => [...column.querySelectorAll("[data-card]")];

/** The card beside one: up and down in its column, left and right in the next column that has any. */
const beside = (card, key) => {
  const every = columns().filter((column) => cards(column).length);
  const column = card.closest(".column");
  const row = cards(column).indexOf(card);
  if (key === "ArrowDown" || key === "ArrowUp") return cards(column)[row + (key === "ArrowDown" ? 1 : -1)];
  const next = every[every.indexOf(column) + (key === "ArrowRight" ? 1 : -1)];
  return next && cards(next)[Math.min(row, cards(next).length - 1)];
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const card = event.target.closest?.(".board [data-card]");
  if (!card || !["ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight"].includes(event.key)) return;
  const next = beside(card, event.key);
  if (next) {
    event.preventDefault();
    next.focus();
  }
});

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy);
    field.select();
    await navigator.clipboard?.writeText(field.value);
  });
}
