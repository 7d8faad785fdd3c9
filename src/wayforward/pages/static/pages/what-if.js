// What if: sliders beside the number boxes, and the answer fetched as they move.
// Without script the boxes and the button do the same.
const form = document.querySelector("[data-ask]");
const answer = document.getElementById("answer");
const said = document.getElementById("said");
const PAUSE = 150; // milliseconds after the last move

const save = document.querySelector("[data-save]"); // not there for those who may only look
const name = document.getElementById("name");

let waiting = 0;
let asking = new AbortController();

// Only what is moved stands in the address.
const query = () => {
  const moved = new URLSearchParams();
  for (const one of form.elements) {
    if (!one.name || one === name || one === save) continue;
    if (one.value === "" || one.value === one.dataset.now) continue;
    moved.append(one.name, one.value);
  }
  return moved.toString().replaceAll("%3A", ":").replaceAll("%2F", "/");
};

// The first sentence, and how many more there are: who listens is not to hear a page at each move.
const inShort = () => {
  const told = [...answer.querySelectorAll("[data-said] li")].map((one) => one.textContent.trim());
  if (!told.length) return "";
  return told.length > 1 ? `${told[0]} And ${told.length - 1} more.` : told[0];
};

// What is wrong stands by its box too, until the next answer.
const mark = () => {
  for (const box of form.querySelectorAll("[data-input] [name]")) right(box);
  for (const one of answer.querySelectorAll("[data-fault]")) {
    const box = document.getElementById(one.dataset.fault);
    if (box && box.closest("[data-input]")) wrong(box, one.dataset.near);
  }
};

const right = (box) => {
  box.removeAttribute("aria-invalid");
  box.classList.remove("govuk-input--error");
  box.setAttribute("aria-describedby", `${box.id}-range`);
  box.closest("[data-input]").classList.remove("wf-input--error");
  document.getElementById(`${box.id}-error`)?.remove();
};

const wrong = (box, words) => {
  const told = document.createElement("p");
  told.className = "govuk-error-message";
  told.id = `${box.id}-error`;
  told.innerHTML = '<span class="govuk-visually-hidden">Error:</span> ';
  told.append(words);
  box.setAttribute("aria-invalid", "true");
  box.classList.add("govuk-input--error");
  box.setAttribute("aria-describedby", `${box.id}-range ${told.id}`);
  const input = box.closest("[data-input]");
  input.classList.add("wf-input--error");
  input.querySelector("label").after(told);
  const group = box.closest("details");
  if (group) group.open = true;
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
    mark();
    said.textContent = told.ok ? inShort() : ""; // what is wrong says itself
    name?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault(); // the first button of the form would be pressed
  form.requestSubmit(save);
});
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
  const moved = () => input.classList.toggle("wf-input--moved", box.value !== box.dataset.now);
  slider.hidden = false;
  slider.addEventListener("input", () => {
    box.value = slider.value;
    moved();
    soon();
  });
  box.addEventListener("input", () => {
    const value = box.value === "" ? box.dataset.now : box.value;
    if (value !== "" && Number.isFinite(Number(value))) slider.value = value;
    moved();
    soon();
  });
}
form.querySelector("#edition").addEventListener("change", soon);
form.addEventListener("submit", (event) => {
  if (save && event.submitter === save) return; // what stands in the form is sent as it is
  // A new input needs a new form: the browser asks for the page itself, with what is moved alone.
  event.preventDefault();
  window.location.assign(`${form.getAttribute("action")}?${query()}`.replace(/\?$/, ""));
});
name?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault(); // the first button of the form would be pressed
  form.requestSubmit(save);
});
reveal();
