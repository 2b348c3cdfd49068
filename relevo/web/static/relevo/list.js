// Keys for a long list: down from the filter field to the first row, Home and End to the first and last one.
const rows = () => [...document.querySelectorAll("#found tbody :is(th, td):first-child a")];

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const links = rows();
  const inRow = links.includes(event.target);
  const wanted = {
    ArrowDown: event.target.matches("[data-filter]") && links[0],
    Home: inRow && links[0],
    End: inRow && links.at(-1),
  }[event.key];
  if (!wanted) return;
  event.preventDefault();
  wanted.focus();
});
