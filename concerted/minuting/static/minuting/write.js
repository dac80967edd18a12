// Minutes send themselves while they are typed, item by item. Without this file "Save and read"
// does it. What could not be sent stays in its box and is sent when the line is back.
const PAUSE = 1500;
const AGAIN = 4000;
const saving = document.querySelector("[data-saving]");
const unsaved = document.querySelector("[data-unsaved]");
const visit = document.querySelector("[data-session]");
const windows = new BroadcastChannel("session");
const items = [...document.querySelectorAll("form[data-draft]")].map(item);

function item(form) {
  const box = form.elements.text;
  const panel = form.querySelector("[data-read]");
  let saved = box.value;
  let timer = null;
  let busy = false;
  let met = Boolean(panel.querySelector("[data-theirs]"));
  let why = "";

  function soon(wait) {
    clearTimeout(timer);
    timer = setTimeout(send, wait);
  }

  async function send() {
    clearTimeout(timer);
    if (busy || met || box.value === saved) return;
    busy = true;
    const text = box.value;
    const body = new FormData(form);
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Live": "1" } });
      const words = await answer.text();
      const read = new DOMParser().parseFromString(words, "text/html").querySelector("[data-version]");
      if (read) took(text, read, answer.status === 409);
      else failed(answer);
      if (answer.status === 422) why = words;
    } catch {
      failed(null);
    }
    busy = false;
    tell();
    if (!met && box.value !== saved) soon(why ? AGAIN : PAUSE);
  }

  function took(text, read, other) {
    form.elements.version.value = read.dataset.version;
    panel.replaceChildren(read);
    why = "";
    met = other;
    if (!other) {
      saved = text;
      if (visit && !("final" in visit.dataset)) windows.postMessage(Number(visit.dataset.session));
    }
  }

  function failed(answer) {
    if (answer === null) why = "The line is down.";
    else if (answer.status === 403 || answer.status === 404) {
      why = "This item is no longer written here. Copy your text, then open the page again.";
    } else why = "You may have been signed out. Sign in again in another window.";
  }

  box.addEventListener("input", () => {
    soon(PAUSE);
    tell();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.submitter?.dataset.take === "mine") met = false;
    send();
  });
  panel.addEventListener("click", (event) => {
    if (event.target.dataset.take !== "theirs") return;
    event.preventDefault();
    saved = box.value = panel.querySelector("[data-theirs]").value;
    met = false;
    panel.querySelector("[role=alert]").remove();
    box.focus();
    tell();
  });
  return { send, waits: () => box.value !== saved, why: () => why, met: () => met };
}

function tell() {
  const waiting = items.filter((one) => one.waits());
  const faults = new Set(waiting.map((one) => one.why()).filter(Boolean));
  const words = unsaved.querySelector(".govuk-warning-text__text") ?? unsaved;
  if (faults.size && unsaved.hidden) {
    const at = new Date().toLocaleTimeString("en-GB", { hour: "numeric", minute: "2-digit" });
    words.textContent = `Not saved since ${at}. Your text is safe on this page. ${[...faults].join(" ")}`;
  }
  unsaved.hidden = faults.size === 0;
  if (items.some((one) => one.met())) saving.textContent = "Two of you wrote the same item. Choose below it.";
  else if (faults.size) saving.textContent = "";
  else if (waiting.length) saving.textContent = "Saving …";
  else saving.textContent = "All is saved.";
}

addEventListener("online", () => items.forEach((one) => one.send()));
addEventListener("beforeunload", (event) => {
  if (items.some((one) => one.waits())) event.preventDefault();
});
