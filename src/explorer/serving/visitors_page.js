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
// Keys go to the terminal at once, as soon as somebody hears them.
new MutationObserver((_, watching) => {
  const keys = document.querySelector(".xterm-helper-textarea");
  if (keys && terminal.classList.contains("-connected")) {
    watching.disconnect();
    keys.focus();
  }
}).observe(terminal, { attributes: true });
