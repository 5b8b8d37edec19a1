// search.js — arrows walk through what was found, Enter opens, Esc closes; htmx fetches the list.
const field = document.getElementById('gx-search');
const found = document.getElementById('gx-found');

if (field && found) {
  const links = () => [...found.querySelectorAll('a[href]')];
  const on = () => links().findIndex((a) => a.classList.contains('is-on'));
  const mark = (at) => {
    const all = links();
    all.forEach((a, i) => a.classList.toggle('is-on', i === at));
    if (all[at]) {
      field.setAttribute('aria-activedescendant', all[at].id);
      all[at].scrollIntoView({ block: 'nearest' });
    } else field.removeAttribute('aria-activedescendant');
  };
  const clear = () => {
    found.replaceChildren();
    field.setAttribute('aria-expanded', 'false');
    field.removeAttribute('aria-activedescendant');
  };
  field.addEventListener('keydown', (event) => {
    const all = links();
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (!all.length) return;
      event.preventDefault();
      mark((on() + (event.key === 'ArrowDown' ? 1 : -1) + all.length) % all.length);
    } else if (event.key === 'Enter' && on() >= 0) {
      event.preventDefault();
      all[on()].click();
    } else if (event.key === 'Escape') {
      if (found.childElementCount) clear();
      else field.blur();
      field.value = '';
    }
  });
  new MutationObserver(() => field.setAttribute('aria-expanded', String(found.childElementCount > 0))).observe(found, { childList: true });
  document.addEventListener('click', (event) => {
    if (!event.target.closest('.gx-search')) clear();
  });
}
