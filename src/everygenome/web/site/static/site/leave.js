// Leave at once: this page makes room for another one, and does not stay behind it.
const link = document.querySelector("[data-leave]");
if (link) {
  const leave = (event) => {
    event.preventDefault();
    document.documentElement.hidden = true;
    window.location.replace(link.href);
  };
  link.addEventListener("click", leave);
  const hint = document.querySelector("[data-key]");
  if (hint) hint.hidden = false;
  let last = 0;
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (event.timeStamp - last < 1500) leave(event);
    last = event.timeStamp;
  });
}
