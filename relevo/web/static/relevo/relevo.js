// Comfort only: every page works without it. Keys, menus, the side panel, the words of marks, pictures as files.

const isTyping = (element) => element.matches("input, select, textarea, [contenteditable]");

// ---- Keys: "/" goes to the filter or search field, Escape leaves it; arrows walk the first column of a table.

const fieldOf = () => document.querySelector("[data-filter]") ?? document.querySelector("[data-search]");

const walk = (event) => {
  const link = event.target.closest("tbody :is(th, td):first-child a");
  const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
  if (!link || !step) return;
  const next = link.closest("tr")[step]?.querySelector("a");
  if (next) {
    event.preventDefault();
    next.focus();
  }
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.key === "/" && !isTyping(event.target)) {
    const field = fieldOf();
    if (field) {
      event.preventDefault();
      field.focus();
      field.select?.();
    }
  }
  if (event.key === "Escape") {
    if (event.target.matches("[data-filter], [data-search]")) event.target.blur();
    closeMenus(null, true);
  }
  walk(event);
});

// A select that narrows a page sends its form at once; without this module its button does.
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-send]")) event.target.form.requestSubmit();
});

// ---- A button may open a dialog of its page.

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens).showModal();
});

// ---- Menus close when one clicks elsewhere.

const closeMenus = (but, refocus = false) => {
  for (const menu of document.querySelectorAll(".menu[open]")) {
    if (menu === but) continue;
    menu.open = false;
    if (refocus) menu.querySelector("summary").focus();
  }
};
document.addEventListener("click", (event) => closeMenus(event.target.closest(".menu")));

// ---- The side panel: definitions and rows open over the page; the address says so (?panel=), back closes it.

const panel = document.getElementById("panel");

/** The address of what a link shows in the panel; null where it leads elsewhere. */
const inPanel = (href) => {
  const address = new URL(href, location.href);
  if (!panel || address.origin !== location.origin) return null;
  if (/^\/rows\/[\w-]+$/.test(address.pathname)) return address.pathname + address.search;
  if (/^\/definitions\/[\w-]+$/.test(address.pathname)) return address.pathname;
  const named = address.pathname === "/definitions" && location.pathname !== "/definitions" && address.hash.slice(1);
  return named && /^[\w-]+$/.test(named) ? `/definitions/${named}` : null;
};

const asked = () => {
  const address = new URL(location.href).searchParams.get("panel");
  return address && inPanel(address);
};

const withPanel = (address) => {
  const here = new URL(location.href);
  if (address) here.searchParams.set("panel", address);
  else here.searchParams.delete("panel");
  return here;
};

const lay = () => {
  if (!panel.open) panel.showModal();
};

const wait = () => {
  panel.replaceChildren(document.getElementById("panel-waits").content.cloneNode(true));
  lay();
};

/** Ask for the part and lay it over the page; what takes long shows that it is coming. */
const show = async (address) => {
  const waiting = setTimeout(wait, 300);
  await window.htmx.ajax("GET", address, { target: "#panel", swap: "innerHTML", source: "#panel" });
  clearTimeout(waiting);
  if (asked() === address && panel.children.length) {
    lay();
    panel.scrollTop = 0;
    panel.querySelector("#panel-title")?.focus();
  }
};

const open = (address) => {
  if (asked()) history.replaceState(history.state, "", withPanel(address));
  else history.pushState({ panel: true }, "", withPanel(address));
  show(address);
};

const follow = (href, event) => {
  const address = inPanel(href);
  if (event.ctrlKey || event.metaKey || event.shiftKey) return false;
  if (!address || address === location.pathname + location.search) return false;
  event.preventDefault();
  open(address);
  return true;
};

document.addEventListener("click", (event) => {
  if (event.button !== 0 || event.defaultPrevented || event.altKey) return;
  if (event.target.closest("[data-close]") || event.target === panel) return event.target.closest("dialog")?.close();
  const link = event.target.closest("a[href]");
  if (link && !link.matches("[download], [target], [data-whole], [hx-get]")) follow(link.href, event);
  const mark = event.target.closest("[data-href]");
  if (mark) goTo(mark.dataset.href, event);
});

panel?.addEventListener("close", () => {
  panel.replaceChildren();
  if (!asked()) return;
  if (history.state?.panel) history.back();
  else history.replaceState(history.state, "", withPanel(null));
});
// A refusal is a page of its own: go and read it.
for (const name of ["htmx:responseError", "htmx:sendError"]) {
  panel?.addEventListener(name, (event) => location.assign(event.detail.pathInfo.requestPath));
}
window.addEventListener("popstate", () => {
  const address = panel && asked();
  if (address) show(address);
  else if (panel?.open) panel.close();
});

// ---- Pictures: the words of a mark for mouse and arrow keys, its rows by click and Enter, the picture as a file.

const tip = document.body.appendChild(document.createElement("div"));
tip.className = "tip";
tip.setAttribute("role", "status");
tip.hidden = true;

const tell = (mark) => {
  tip.textContent = mark.dataset.tip;
  tip.hidden = false;
  const box = mark.getBoundingClientRect();
  const left = Math.min(Math.max(box.left + box.width / 2 - tip.offsetWidth / 2, 8), innerWidth - tip.offsetWidth - 8);
  const above = box.top - tip.offsetHeight - 8;
  tip.style.left = `${left}px`;
  tip.style.top = `${above > 8 ? above : box.bottom + 8}px`;
};

const hush = () => {
  tip.hidden = true;
  for (const mark of document.querySelectorAll(".drawing .on")) mark.classList.remove("on");
};

function goTo(href, event) {
  if (event.ctrlKey || event.metaKey) window.open(href);
  else if (!follow(href, event)) location.assign(href);
}

const WAYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

const middle = (mark) => {
  const box = mark.getBoundingClientRect();
  return [box.left + box.width / 2, box.top + box.height / 2];
};

/** The nearest mark in a direction; to the side counts three times as far. */
const beside = (marks, from, [dx, dy]) => {
  const [x, y] = middle(from);
  const far = (mark) => {
    const [left, top] = middle(mark);
    const ahead = (left - x) * dx + (top - y) * dy;
    return ahead < 1 ? Infinity : ahead + 3 * Math.abs((left - x) * dy + (top - y) * dx);
  };
  return marks.reduce((one, other) => (far(other) < far(one) ? other : one), from);
};

const nextMark = (marks, at, key) => {
  if (key === "Home" || !at) return marks[0];
  return key === "End" ? marks.at(-1) : beside(marks, at, WAYS[key]);
};

const step = (event) => {
  const drawing = event.target.closest?.(".drawing svg[tabindex]");
  if (!drawing) return;
  const marks = [...drawing.querySelectorAll("[data-tip]")];
  const at = marks.find((mark) => mark.classList.contains("on"));
  if (event.key === "Enter" && at) {
    const group = at.closest("[data-href]");
    if (group) goTo(group.dataset.href, event);
  }
  if (event.key === "Escape") hush();
  if (!(event.key in WAYS) && event.key !== "Home" && event.key !== "End") return;
  event.preventDefault();
  const next = nextMark(marks, at, event.key);
  hush();
  next.classList.add("on");
  next.scrollIntoView({ block: "nearest", inline: "nearest" });
  tell(next);
};

document.addEventListener("keydown", step);
document.addEventListener("focusout", hush);
document.addEventListener("scroll", hush, { passive: true });
document.addEventListener("pointerover", (event) => {
  const mark = event.target.closest?.(".drawing [data-tip]");
  if (mark) tell(mark);
  else if (!tip.hidden && !document.querySelector(".drawing .on")) hush();
});

const PAINT = ["fill", "stroke", "font-family", "font-size", "font-weight"];

/** The picture with the colours that it has now, for a file that knows no stylesheet. */
const asFile = (drawing) => {
  const copy = drawing.cloneNode(true);
  const parts = [...drawing.querySelectorAll("path, rect, text, line, circle")];
  [...copy.querySelectorAll("path, rect, text, line, circle")].forEach((part, i) => {
    const style = getComputedStyle(parts[i]);
    for (const name of PAINT) part.setAttribute(name, style.getPropertyValue(name));
    delete part.dataset.tip;
  });
  const box = drawing.viewBox.baseVal;
  copy.setAttribute("width", box.width);
  copy.setAttribute("height", box.height);
  const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  const whole = { x: box.x, y: box.y, width: box.width, height: box.height };
  for (const [name, value] of Object.entries(whole)) ground.setAttribute(name, value);
  ground.setAttribute("fill", getComputedStyle(document.body).backgroundColor);
  copy.prepend(ground);
  return new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml" });
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-svg]");
  if (!button) return;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(asFile(button.closest("figure").querySelector(".drawing svg")));
  link.download = `${button.dataset.svg}.svg`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
});

// ---- What comes with a page or a part: a table that fits keeps its heading in sight and needs no tab stop.

const measure = (frame) => {
  const table = frame.querySelector("table");
  const fits = !table || table.offsetWidth <= frame.clientWidth + 1;
  frame.classList.toggle("fits", fits);
  if (fits) frame.removeAttribute("tabindex");
  else frame.tabIndex = 0;
};
const sizes = new ResizeObserver((entries) => entries.forEach((entry) => measure(entry.target)));

const prepare = (root) => {
  for (const button of root.querySelectorAll("[data-svg]")) button.hidden = false;
  for (const frame of root.querySelectorAll(".frame")) sizes.observe(frame);
};
document.addEventListener("htmx:load", (event) => prepare(event.detail.elt.parentElement ?? document));
prepare(document);
if (panel && asked()) show(asked());
