// What if: sliders beside the number boxes, and the answer fetched as they move.
// Without script the boxes and the button do the same.
const form = document.querySelector("[data-ask]");
const answer = document.getElementById("answer");
const said = document.getElementById("said");
const PAUSE = 150; // milliseconds after the last move

let waiting = 0;
let asking = new AbortController();

// Only what is moved stands in the address.
const query = () => {
  const moved = new URLSearchParams();
  for (const one of form.elements) {
    if (!one.name || one.value === "" || one.value === one.dataset.now) continue;
    moved.append(one.name, one.value);
  }
  return moved.toString();
};

const show = async () => {
  asking.abort();
  asking = new AbortController();
  const address = `${form.getAttribute("action")}?${query()}`;
  answer.setAttribute("aria-busy", "true");
  try {
    const told = await fetch(address, {
      credentials: "same-origin",
      headers: { "Wayforward-Part": "answer" },
      signal: asking.signal,
    });
    if (told.redirected || ![200, 400].includes(told.status)) throw new Error(`status ${told.status}`);
    const page = new DOMParser().parseFromString(await told.text(), "text/html");
    answer.replaceChildren(...page.body.childNodes);
    if (told.ok) history.replaceState(null, "", address.replace(/\?$/, ""));
    const words = answer.querySelector("[data-said], .govuk-error-summary__body");
    said.textContent = words ? words.textContent.trim() : "";
    reveal();
  } catch (error) {
    if (error.name === "AbortError") return;
    form.submit(); // signed out, or the server is gone: let the browser say so
  }
  answer.removeAttribute("aria-busy");
};

const soon = () => {
  clearTimeout(waiting);
  waiting = setTimeout(show, PAUSE);
};

// The answer is new each time, and so are its buttons.
const reveal = () => {
  for (const button of document.querySelectorAll("[data-copy]")) {
    if (!navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
      button.textContent = "Copied";
    });
  }
};

for (const input of form.querySelectorAll("[data-input]")) {
  const slider = input.querySelector("[type=range]");
  const box = input.querySelector("[name]");
  const mark = () => input.classList.toggle("wf-input--moved", box.value !== box.dataset.now);
  slider.hidden = false;
  slider.addEventListener("input", () => {
    box.value = slider.value;
    mark();
    soon();
  });
  box.addEventListener("input", () => {
    const value = box.value === "" ? box.dataset.now : box.value;
    if (value !== "" && Number.isFinite(Number(value))) slider.value = value;
    mark();
    soon();
  });
}
form.querySelector("#edition").addEventListener("change", soon);
form.addEventListener("submit", (event) => {
  // A new input needs a new form: the browser asks for the page itself, with what is moved alone.
  event.preventDefault();
  window.location.assign(`${form.getAttribute("action")}?${query()}`.replace(/\?$/, ""));
});
reveal();
