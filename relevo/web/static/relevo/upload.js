// Uploads with progress: drop files on the form, see how much is sent. Without this module the form is sent as it is.

const form = document.querySelector("[data-upload]");
const inputs = [...form.querySelectorAll("input[type=file]")];
const bar = form.querySelector("progress");
const status = form.querySelector(".status");

const tell = (text, kind = "") => {
  status.textContent = text;
  status.className = `status ${kind}`;
};

// ---- Files that are dropped on the form are chosen.

for (const name of ["dragenter", "dragover"]) {
  form.addEventListener(name, (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    form.classList.add("over");
  });
}
form.addEventListener("dragleave", (event) => {
  if (!form.contains(event.relatedTarget)) form.classList.remove("over");
});
form.addEventListener("drop", (event) => {
  form.classList.remove("over");
  if (!event.dataTransfer?.files.length) return;
  event.preventDefault();
  inputs[0].files = event.dataTransfer.files;
  inputs[0].focus();
});

// ---- The places of the files below their folder, which the form itself does not send.

form.addEventListener("htmx:configRequest", (event) => {
  for (const input of inputs) {
    for (const file of input.files) event.detail.formData.append("path", file.webkitRelativePath || file.name);
  }
});

// ---- How much is sent, and how it ended.

form.addEventListener("htmx:beforeRequest", () => {
  form.querySelector("button").disabled = true;
});
form.addEventListener("htmx:xhr:progress", (event) => {
  const { lengthComputable, loaded, total } = event.detail;
  if (!lengthComputable || !total) return;
  const part = Math.floor((100 * loaded) / total);
  bar.hidden = false;
  bar.value = part;
  tell(loaded < total ? form.dataset.sending.replace("%n", part) : form.dataset.received);
});

const failed = (text) => {
  form.querySelector("button").disabled = false;
  bar.hidden = true;
  tell(text, "bad");
};
form.addEventListener("htmx:sendError", () => failed(form.dataset.lost));
form.addEventListener("htmx:responseError", (event) => {
  const { xhr } = event.detail;
  const isPlain = (xhr.getResponseHeader("Content-Type") ?? "").startsWith("text/plain");
  failed(isPlain ? xhr.responseText : form.dataset.refused);
});
