// The script tag of an office's website: reads its data- attributes and adds the chat to the page.
(() => {
  const VERSION = "{version}";
  const WORDS = "{words}";
  const PATIENCE_MS = 8000;
  const script = document.currentScript;
  const own = new URL(script.src, document.baseURI);
  const server = (script.dataset.server || own.origin).replace(/\/+$/, "");
  const NAMES = ["language", "position", "accent", "open", "context", "exit"];

  function add() {
    // A page that includes the script twice still gets one chat.
    if (document.querySelector("legal-chat")) return;
    const chat = document.createElement("legal-chat");
    chat.setAttribute("server", server);
    for (const name of NAMES) {
      const value = script.dataset[name];
      if (value !== undefined) chat.setAttribute(name, value);
    }
    document.body.append(chat);
    const module = document.createElement("script");
    module.type = "module";
    module.crossOrigin = "anonymous";
    const address = `${server}/widget/${VERSION}/legal-chat.js`;
    // Pages that demand "trusted types" take an address only through a named policy.
    const policy = window.trustedTypes?.createPolicy("rights-desk", { createScriptURL: (url) => url });
    module.src = policy ? policy.createScriptURL(address) : address;
    document.head.append(module);
    setTimeout(() => offerPage(chat), PATIENCE_MS);
  }

  // Browsers that are too old for the chat get a link to the same assistant as a page.
  function offerPage(chat) {
    if (window.customElements && customElements.get("legal-chat")) return;
    const link = document.createElement("a");
    link.href = `${server}/chat`;
    link.textContent = WORDS;
    chat.append(link);
  }

  if (document.body) add();
  else document.addEventListener("DOMContentLoaded", add);
})();
