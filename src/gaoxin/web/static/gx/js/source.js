// source.js — opens the source card of a figure beside it, moves the focus in and gives it back on Esc.
// Positions go through the CSSOM, which a strict content policy allows.
const pop = document.getElementById('gx-pop');
const wide = () => innerWidth > 760;
let ring = null;
let asked = 0;

function close({ giveBack = false } = {}) {
  if (!pop || pop.hidden) return;
  pop.hidden = true;
  pop.replaceChildren();
  ring?.setAttribute('aria-expanded', 'false');
  if (giveBack) ring?.focus();
  ring = null;
}

function place() {
  if (!wide()) {
    pop.style.removeProperty('left');
    pop.style.removeProperty('top');
    return;
  }
  const main = pop.parentElement.getBoundingClientRect();
  const box = (ring.closest('.gx-fig, td, .gx-shares > li') ?? ring).getBoundingClientRect();
  const mark = ring.getBoundingClientRect();
  const width = pop.offsetWidth;
  const edge = main.right - 16;
  // right of the figure; else left of it; else below: never over it
  let left = box.right + 8;
  let top = box.top - 16;
  if (left + width > edge) left = box.left - width - 8;
  if (left < main.left + 8) {
    left = Math.max(main.left + 8, Math.min(mark.left, edge - width));
    top = box.bottom + 8;
  }
  pop.style.left = `${left - main.left}px`;
  pop.style.top = `${Math.max(top - main.top, 8)}px`;
}

async function show(button) {
  ring?.setAttribute('aria-expanded', 'false');
  ring = button;
  const turn = ++asked;
  pop.hidden = false;
  pop.setAttribute('aria-busy', 'true');
  pop.innerHTML = document.getElementById('gx-pop-wait').innerHTML;
  place();
  pop.focus({ preventScroll: true });
  let body;
  try {
    const answer = await fetch(button.dataset.card, { headers: { 'HX-Request': 'true' }, credentials: 'same-origin' });
    body = answer.ok || answer.status < 500 ? await answer.text() : null;
  } catch {
    body = null;
  }
  if (turn !== asked || ring !== button) return;
  pop.removeAttribute('aria-busy');
  pop.innerHTML = body ?? document.getElementById('gx-pop-fail').innerHTML;
  button.setAttribute('aria-expanded', 'true');
  place();
  (pop.querySelector('[data-close]') ?? pop).focus({ preventScroll: true });
  if (wide()) pop.scrollIntoView({ block: 'nearest' });
}

document.addEventListener('click', (event) => {
  if (!pop) return;
  const button = event.target.closest('[data-card]');
  if (button) {
    event.preventDefault();
    if (button === ring) close({ giveBack: true });
    else show(button);
  } else if (event.target.closest('#gx-pop [data-close]')) close({ giveBack: true });
  else if (!pop.contains(event.target)) close();
});
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && pop && !pop.hidden) {
    event.stopPropagation();
    close({ giveBack: true });
  }
}, true);
