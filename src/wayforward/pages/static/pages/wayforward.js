// GOV.UK's own behaviour: focus on error summaries, the menu on phones, buttons pressed once.
import { initAll } from "../vendor/govuk-frontend.min.js";

initAll();

// Browsers that can't print what is folded away by style alone: unfold it for the while.
let folded = [];
window.addEventListener("beforeprint", () => {
  folded = [...document.querySelectorAll("details:not([open])")];
  for (const one of folded) one.open = true;
});
window.addEventListener("afterprint", () => {
  for (const one of folded) one.open = false;
});
