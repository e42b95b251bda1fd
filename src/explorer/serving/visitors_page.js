"use strict";
// The socket is where the page is, also behind a proxy that has a name of its own.
const socket = new URL("ws", window.location.href);
socket.protocol = socket.protocol === "https:" ? "wss:" : "ws:";
socket.search = "";
socket.hash = "";
const terminal = document.getElementById("terminal");
terminal.dataset.sessionWebsocketUrl = socket.href;
// Letters are measured once, when the terminal opens: the font has to be there by then.
document.fonts.load("16px 'Roboto Mono'");
// What a telephone has no keys for: the buttons give the terminal what those keys would.
const isTouched = matchMedia("(pointer: coarse)").matches;
const keysOf = () => document.querySelector(".xterm-helper-textarea");
for (const button of document.querySelectorAll(".keys [data-key]")) {
  button.addEventListener("pointerdown", (event) => event.preventDefault()); // the keyboard stays
  button.addEventListener("click", () => {
    const { key, code, ctrl } = button.dataset;
    const pressed = { key, keyCode: Number(code), ctrlKey: ctrl !== undefined, bubbles: true, cancelable: true };
    if (keysOf()) keysOf().dispatchEvent(new KeyboardEvent("keydown", pressed));
  });
}
// Its keyboard comes when it is asked for, and not whenever the terminal is touched.
const letters = document.getElementById("letters");
letters.addEventListener("pointerdown", (event) => event.preventDefault());
letters.addEventListener("click", () => {
  const isOff = keysOf().inputMode === "none";
  keysOf().inputMode = isOff ? "text" : "none";
  letters.setAttribute("aria-pressed", String(isOff));
  keysOf().blur();
  keysOf().focus();
});
// Where a keyboard lies over the page, the terminal has what is left of it.
if (window.visualViewport && isTouched) {
  window.visualViewport.addEventListener("resize", () => {
    document.documentElement.style.setProperty("--seen", `${window.visualViewport.height}px`);
    window.scrollTo(0, 0);
    window.dispatchEvent(new Event("resize"));
  });
}
// Keys go to the terminal at once, as soon as somebody hears them.
new MutationObserver((_, watching) => {
  const keys = keysOf();
  if (keys && terminal.classList.contains("-connected")) {
    watching.disconnect();
    if (isTouched) keys.inputMode = "none";
    keys.focus();
  }
}).observe(terminal, { attributes: true });
