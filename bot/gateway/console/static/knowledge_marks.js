// Takes the marks of faults from an entry's form once the check finds them mended.
"use strict";

(() => {
  const form = document.getElementById("entry-form");
  const drop = (name) => document.querySelector(`#problem[data-problem="${name}"]`)?.remove();
  document.body.addEventListener("htmx:afterSettle", () => {
    for (const field of form.querySelectorAll("[aria-describedby*='faults-']")) {
      const ids = field.getAttribute("aria-describedby").split(" ");
      const isWrong = ids.some((id) => document.getElementById(id)?.matches(".faults:has(.wrong)"));
      if (isWrong) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    }
    if (!document.querySelector("#fault-count.error")) drop("faults");
  });
  // What the check knows nothing of, a missing reason say, is mended by filling it in.
  form.addEventListener("input", ({ target }) => {
    if (!target.hasAttribute("aria-invalid")) return;
    if (target.getAttribute("aria-describedby")?.includes("faults-")) return;
    target.removeAttribute("aria-invalid");
    drop("field");
  });
})();
