// draft.js — the checking page: a mark shows its evidence without leaving the text; ↑ ↓ and j k go from finding to finding.
// Without this script every mark is a link that does the same.
const paper = document.querySelector('.gx-draft');
const place = document.getElementById('gx-evidence');
const typing = (el) => el.closest('input, textarea, select, [contenteditable], .gx-others, .gx-evid-card');
let asked = 0;

function card() {
  return place?.querySelector('[data-card-of]');
}

function mark(number) {
  return document.getElementById(`q${number}`);
}

// The list beside the card leaves out the figure the card is about.
function others(number) {
  const list = document.getElementById('gx-others');
  if (!list) return;
  let left = Number(list.dataset.total);
  for (const link of list.querySelectorAll('a[data-figure]')) {
    const own = Number(link.dataset.figure) === number;
    link.closest('li').hidden = own;
    if (own) left -= 1;
  }
  const head = list.querySelector('h2');
  head.textContent = head.textContent.replace(/\d+/, left);
}

function select(number, { scroll }) {
  for (const old of paper.querySelectorAll('.gx-q.sel')) {
    old.classList.remove('sel');
    old.removeAttribute('aria-current');
  }
  others(number);
  const now = mark(number);
  if (!now) return;
  now.classList.add('sel');
  now.setAttribute('aria-current', 'true');
  if (scroll) now.scrollIntoView({ block: 'nearest' });
}

async function show(number, { scroll = false } = {}) {
  if (!paper || !place || !number) return;
  const turn = ++asked;
  select(number, { scroll });
  const address = paper.dataset.figures.replace(/0$/, number) + (paper.dataset.show ? `?show=${paper.dataset.show}` : '');
  place.setAttribute('aria-busy', 'true');
  place.classList.add('is-open');
  let body = null;
  try {
    const answer = await fetch(address, { headers: { 'HX-Request': 'true' }, credentials: 'same-origin' });
    if (answer.ok && !answer.redirected) body = await answer.text();
  } catch {
    body = null;
  }
  if (turn !== asked) return;
  place.removeAttribute('aria-busy');
  const query = new URLSearchParams(location.search);
  query.set('figure', number);
  query.delete('at');
  const here = `${location.pathname}?${query}#q${number}`;
  if (body === null) {
    location.assign(here);
    return;
  }
  place.innerHTML = body;
  history.replaceState(null, '', here);
}

function walk(by) {
  const held = card();
  if (!held) return;
  show(Number(by > 0 ? held.dataset.following : held.dataset.previous), { scroll: true });
}

document.addEventListener('click', (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const step = event.target.closest('[data-walk]');
  if (step) {
    event.preventDefault();
    walk(Number(step.dataset.walk));
    return;
  }
  if (event.target.closest('[data-fold]') && place) {
    event.preventDefault();
    place.classList.remove('is-open');
    paper.querySelector('.gx-q.sel')?.focus();
    return;
  }
  const link = event.target.closest('a[data-figure]');
  if (!link) return;
  event.preventDefault();
  show(Number(link.dataset.figure), { scroll: !link.classList.contains('gx-q') });
});

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || typing(event.target)) return;
  if (document.querySelector('dialog[open]')) return;
  const by = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
  if (!by || !card()) return;
  event.preventDefault();
  walk(by);
});

if (paper && !location.hash && new URLSearchParams(location.search).has('at')) {
  paper.querySelector('.gx-q.sel')?.scrollIntoView({ block: 'center' });
}
