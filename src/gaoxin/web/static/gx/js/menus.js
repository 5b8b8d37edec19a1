// menus.js — menus are <details>, they open without a script; this closes them: outside click, Esc, a second menu.
const open = () => document.querySelectorAll('details.gx-menu[open]');

document.addEventListener('click', (event) => {
  for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  for (const menu of open()) {
    menu.open = false;
    menu.querySelector('summary').focus();
  }
});

// The fifth tab of the phone: what does not fit into the bar.
document.addEventListener('click', (event) => {
  const more = document.getElementById('gx-more');
  if (!more) return;
  const button = event.target.closest('[data-more]');
  if (button) {
    more.hidden = !more.hidden;
    button.setAttribute('aria-expanded', String(!more.hidden));
    if (!more.hidden) more.querySelector('a, button')?.focus();
  } else if (!more.hidden && !more.contains(event.target)) {
    more.hidden = true;
    document.querySelector('[data-more]').setAttribute('aria-expanded', 'false');
  }
});
