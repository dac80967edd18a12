// Dragging an item to another place. Without this file the buttons and the place field do it.
const list = document.querySelector("[data-order]");
let dragged = null;

for (const item of list?.querySelectorAll("[data-place]") ?? []) {
  if (!item.querySelector("[data-move]")) continue;
  item.draggable = true;
  item.addEventListener("dragstart", (event) => {
    dragged = item;
    event.dataTransfer.effectAllowed = "move";
  });
  item.addEventListener("dragend", () => { dragged = null; });
  item.addEventListener("dragover", (event) => {
    if (dragged) event.preventDefault();
  });
  item.addEventListener("drop", (event) => {
    event.preventDefault();
    if (!dragged || dragged === item) return;
    const form = dragged.querySelector("[data-move]");
    form.elements.place.value = item.dataset.place;
    form.requestSubmit();
  });
}
