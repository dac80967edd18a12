// Warns two minutes before the visit ends. Without this file the foot of the page says when.
const WARNING = 120;
const place = document.querySelector("[data-session]");
const dialog = place.querySelector("dialog");
const words = dialog.querySelector("p");
const form = dialog.querySelector("form");
const final = "final" in place.dataset;
const others = new BroadcastChannel("session");
let timers = [];

// Another window of the same visit may put the end off: each tells the others.
function endsIn(seconds, tell = true) {
  timers.forEach(clearTimeout);
  timers = [
    setTimeout(warn, Math.max(0, seconds - WARNING) * 1000),
    setTimeout(ended, seconds * 1000),
  ];
  if (dialog.open) dialog.close();
  if (tell) others.postMessage(seconds);
}

function warn() {
  words.textContent = final
    ? "You are signed out in 2 minutes. Save what you are typing now."
    : "You are signed out in 2 minutes, because nothing was opened or saved for a while.";
  dialog.showModal();
}

function ended() {
  words.textContent =
    "You are signed out. What you typed is still on this page: copy it, then sign in again.";
  form.hidden = true;
  if (!dialog.open) dialog.showModal();
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (final) return dialog.close();
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      headers: { Accept: "application/json" },
    });
    endsIn((await answer.json()).seconds);
  } catch {
    ended();
  }
});
others.addEventListener("message", (event) => endsIn(event.data, false));
endsIn(Number(place.dataset.session));
