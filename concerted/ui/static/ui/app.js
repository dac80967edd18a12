// Starts GOV.UK Frontend's components. Every page works without this file.
const source = document.getElementById("govuk-frontend");

document.body.classList.add("js-enabled");
document.addEventListener("keydown", (event) => {
  const box = document.getElementById("search-box");
  const typing = event.target.closest("input, textarea, select, dialog, [contenteditable]");
  if (event.key !== "/" || event.ctrlKey || event.altKey || event.metaKey || typing || !box) return;
  event.preventDefault();
  box.focus();
  box.select();
});
if (source && "noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("govuk-frontend-supported");
  const { initAll } = await import(source.href);
  initAll();
  // What htmx puts on the page later is started too; what runs already says so, and is left alone.
  document.addEventListener("htmx:after:swap", () => {
    initAll({ onError: () => {} });
  });
}
