// Whoever is on this page with a token in the address was sent back with it: it was the wrong one.
if (new URLSearchParams(location.search).has('t')) {
  const field = document.getElementById('token');
  document.getElementById('fault').hidden = false;
  field.setAttribute('aria-invalid', 'true');
  field.setAttribute('aria-describedby', 'fault');

  // A token does not belong into the history.
  history.replaceState(null, '', '/login');
}
