// Asks before somebody leaves an entry's form with words in it that nobody kept.
"use strict";

(() => {
  const form = document.getElementById("entry-form");
  // How the preview looks and what is searched for are no words of the entry.
  const words = () =>
    JSON.stringify([...new FormData(form)].filter(([name]) => !/^(look|find)_/.test(name)));
  const loaded = words();
  let isSending = false;
  form.addEventListener("submit", () => {
    isSending = true;
  });
  addEventListener("pageshow", () => {
    isSending = false;
  });
  addEventListener("beforeunload", (event) => {
    const isKept = !form.hasAttribute("data-unkept") && words() === loaded;
    if (isSending || isKept) return;
    event.preventDefault();
    // What browsers before 2024 go by.
    event.returnValue = true;
  });
})();
