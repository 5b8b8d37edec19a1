// gx.js — the one entry: wires the parts that need a script. Everything works by delegation, so swapped-in pieces need no set-up.
import './menus.js';
import './source.js';
import './keys.js';
import './search.js';
import './forms.js';
import './live.js';
import './picks.js';
import './copy.js';
