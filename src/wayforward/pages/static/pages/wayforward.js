// GOV.UK's own behaviour: focus on error summaries, the menu on phones, buttons pressed once.
import { initAll } from "../vendor/govuk-frontend.min.js";

initAll();
