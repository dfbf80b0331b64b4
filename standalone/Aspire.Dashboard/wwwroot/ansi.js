// What a console's escapes mean: colours and weights become pieces of text with a style, everything else is left out.

/** CSI with its parameters and final letter; OSC up to its end (a title, a hyperlink); any other escape of two characters. */
const escapes = /\x1b\[([0-9;:?<=>]*)[ -/]*([@-~])|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[@-Z\\-_]|[\x00-\x08\x0b-\x1f\x7f]/g;

const levels = [0, 95, 135, 175, 215, 255];
const initial = Object.freeze({ fore: null, back: null, bold: false, dim: false, italic: false, underline: false, struck: false, inverse: false });

export const plain = initial;

/**
 * The pieces of a line, and the style that it leaves to the next.
 * A colour is a number for one of the 16 that have names, or "r, g, b".
 */
export function parse(text, style = initial) {
  const pieces = [];
  let from = 0;

  const add = to => {
    if (to > from) {
      pieces.push({ text: text.slice(from, to), style });
    }
  };

  for (const match of text.matchAll(escapes)) {
    add(match.index);
    from = match.index + match[0].length;

    if (match[2] === 'm') {
      style = styled(style, match[1]);
    }
  }

  add(text.length);
  return { pieces, style };
}

function styled(style, parameters) {
  const codes = parameters.split(/[;:]/).map(Number);
  let next = { ...style };

  for (let at = 0; at < codes.length; at++) {
    const code = codes[at];

    if (code === 0) next = { ...initial };
    else if (code === 1) next.bold = true;
    else if (code === 2) next.dim = true;
    else if (code === 3) next.italic = true;
    else if (code === 4) next.underline = true;
    else if (code === 7) next.inverse = true;
    else if (code === 9) next.struck = true;
    else if (code === 22) next.bold = next.dim = false;
    else if (code === 23) next.italic = false;
    else if (code === 24) next.underline = false;
    else if (code === 27) next.inverse = false;
    else if (code === 29) next.struck = false;
    else if (code >= 30 && code <= 37) next.fore = code - 30;
    else if (code >= 90 && code <= 97) next.fore = code - 90 + 8;
    else if (code === 39) next.fore = null;
    else if (code >= 40 && code <= 47) next.back = code - 40;
    else if (code >= 100 && code <= 107) next.back = code - 100 + 8;
    else if (code === 49) next.back = null;
    else if (code === 38 || code === 48) {
      const [colour, used] = extended(codes, at + 1);
      next[code === 38 ? 'fore' : 'back'] = colour;
      at += used;
    }
  }

  return next;
}

/** After 38 or 48: "5;n" of 256, or "2;r;g;b". */
function extended(codes, at) {
  if (codes[at] === 5) {
    return [indexed(codes[at + 1] ?? 0), 2];
  }

  return codes[at] === 2 ? [codes.slice(at + 1, at + 4).map(byte).join(', '), 4] : [null, 1];
}

const byte = value => Math.max(0, Math.min(255, value || 0));

function indexed(index) {
  if (index < 16) {
    return index;
  }

  if (index >= 232) {
    const grey = byte(8 + (index - 232) * 10);
    return `${grey}, ${grey}, ${grey}`;
  }

  const cube = index - 16;
  return [Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6].map(each => levels[each]).join(', ');
}

/** Puts the style on an element: through classes where the theme decides, through its own colours where the program did. */
export function apply(element, { fore, back, bold, dim, italic, underline, struck, inverse }) {
  const names = { bold, dim, italic, underline, struck, inverse };
  const classes = Object.keys(names).filter(name => names[name]).map(name => `ansi-${name}`);

  // .NET's own console log asks for black behind everything: it means the terminal's ground and not a black box on a light one.
  for (const [kind, colour] of [['fore', fore], ['back', back === 0 ? null : back]]) {
    if (typeof colour === 'number') {
      classes.push(`ansi-${kind}-${colour}`);
    } else if (colour !== null) {
      classes.push(`ansi-${kind}-own`);
      element.style.setProperty(`--ansi-${kind}`, `rgb(${colour})`);
    }
  }

  element.className = classes.join(' ');
}
