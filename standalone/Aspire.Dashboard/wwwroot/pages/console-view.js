// The lines of a console. Many and quick, and so drawn by hand: only those in view exist as elements.

import { apply, parse, plain } from '../ansi.js';
import { moment, number } from '../format.js';

const mostLines = 10000;
const spare = 20;
const atEndPx = 8;

export class ConsoleView {
  #scroller;
  #lines = [];
  #tops = [0];
  #rows = new Map();
  #style = { out: plain, error: plain };
  #waiting = [];
  #isPaused = false;
  #isFollowing = true;
  #isWrapped = true;
  #search = '';
  #matches = [];
  #current = -1;
  #lineHeight = 19;
  #columns = 80;
  #frame = 0;
  #resizing;
  #onChange;

  /** `onChange` is told how the view stands: lines, waiting, isFollowing, matches, current. */
  constructor(scroller, onChange) {
    this.#scroller = scroller;
    this.#onChange = onChange;
    this.sizer = document.createElement('div');
    this.sizer.className = 'console-lines';
    scroller.replaceChildren(this.sizer);
    scroller.addEventListener('scroll', this.#scrolled, { passive: true });
    this.#resizing = new ResizeObserver(() => this.#measure());
    this.#resizing.observe(scroller);
    this.#measure();
  }

  dispose() {
    cancelAnimationFrame(this.#frame);
    this.#resizing.disconnect();
    this.#scroller.removeEventListener('scroll', this.#scrolled);
    this.#scroller.replaceChildren();
  }

  get lines() {
    return this.#lines.length;
  }

  /** The number of the last line there is, shown or waiting. */
  get last() {
    return this.#waiting.at(-1)?.n ?? this.#lines.at(-1)?.n ?? 0;
  }

  /** Whether the last line there is, is one of these. */
  goesOnIn(lines) {
    const last = this.#waiting.at(-1) ?? this.#lines.at(-1);
    return last === undefined || lines.some(({ n, at }) => n === last.n && at === last.at);
  }

  clear() {
    this.#lines = [];
    this.#waiting = [];
    this.#matches = [];
    this.#current = -1;
    this.#style = { out: plain, error: plain };
    this.#forgetRows();
    this.#layOut();
  }

  add(lines) {
    const fresh = lines.filter(({ n }) => n > this.last);

    if (this.#isPaused) {
      this.#waiting.push(...fresh);
      this.#waiting.splice(0, Math.max(0, this.#waiting.length - mostLines));
      this.#tell();
      return;
    }

    this.#append(fresh);
  }

  pause(isPaused) {
    this.#isPaused = isPaused;

    if (!isPaused) {
      this.#append(this.#waiting.splice(0));
    }

    this.#tell();
  }

  follow() {
    this.#isFollowing = true;
    this.#toEnd();
    this.#tell();
  }

  show({ isWrapped, hasTimes }) {
    this.#scroller.classList.toggle('wrapped', isWrapped);
    this.#scroller.classList.toggle('timed', hasTimes);
    this.#isWrapped = isWrapped;
    this.#measure(true);
  }

  search(text) {
    this.#search = text.toLowerCase();
    this.#find();
    this.#forgetRows();
    this.#draw();

    if (this.#matches.length > 0) {
      this.#goTo(this.#nearest(1));
    }

    this.#tell();
  }

  /** From what is being read: the next one on, or the last one before. */
  #nearest(by) {
    const { scrollTop, clientHeight } = this.#scroller;
    const found = by > 0
      ? this.#matches.findIndex(({ line }) => line >= this.#indexAt(scrollTop))
      : this.#matches.findLastIndex(({ line }) => line <= this.#indexAt(scrollTop + clientHeight));
    return found >= 0 ? found : by > 0 ? this.#matches.length - 1 : 0;
  }

  step(by) {
    if (this.#matches.length > 0) {
      this.#goTo(this.#current < 0 ? this.#nearest(by) : (this.#current + by + this.#matches.length) % this.#matches.length);
      this.#tell();
    }
  }

  #append(lines) {
    if (lines.length === 0) {
      return;
    }

    for (const line of lines) {
      const stream = line.error ? 'error' : 'out';
      const { pieces, style } = parse(line.text, this.#style[stream]);
      this.#style[stream] = style;
      const text = pieces.map(piece => piece.text).join('');
      this.#lines.push({ ...line, pieces, text, lower: text.toLowerCase(), rows: 0 });
    }

    const gone = Math.max(0, this.#lines.length - mostLines);

    // Who reads further up keeps their place, though lines make way above it.
    const shift = gone > 0 ? this.#tops[Math.min(gone, this.#tops.length - 1)] : 0;
    this.#lines.splice(0, gone);
    const current = this.#matches[this.#current];
    this.#find();
    this.#current = current ? this.#matches.findIndex(match => this.#lines[match.line] === current.of && match.at === current.at) : -1;
    this.#layOut();

    if (!this.#isFollowing && shift > 0) {
      this.#scroller.scrollTop -= shift;
    }

    this.#tell();
  }

  #find() {
    this.#matches = [];
    this.#current = -1;

    if (this.#search === '') {
      return;
    }

    this.#lines.forEach((line, index) => {
      for (let at = line.lower.indexOf(this.#search); at >= 0; at = line.lower.indexOf(this.#search, at + this.#search.length)) {
        this.#matches.push({ line: index, at, of: line });
      }
    });
  }

  #goTo(index) {
    const before = this.#matches[this.#current];
    this.#current = index;
    const { line, of } = this.#matches[index];
    this.#isFollowing = false;

    for (const each of [before?.of, of]) {
      this.#drop(each?.n);
    }

    const { scrollTop, clientHeight } = this.#scroller;
    const top = this.#tops[line];

    if (top < scrollTop || this.#tops[line + 1] > scrollTop + clientHeight) {
      this.#scroller.scrollTop = top - clientHeight / 2;
    }

    this.#draw();
  }

  /** How many characters fit into a line says how high it is when it is wrapped. */
  #measure(isAnew = false) {
    const probe = document.createElement('div');
    probe.className = 'console-line';
    const text = document.createElement('span');
    text.className = 'console-text';
    text.textContent = 'M'.repeat(50);
    const inner = document.createElement('span');
    inner.append(...text.childNodes);
    text.append(inner);
    probe.append(this.#number('1'), this.#time('00:00'), text);
    this.sizer.append(probe);
    text.style.whiteSpace = 'pre';
    const columns = Math.max(10, Math.floor(text.clientWidth / (inner.getBoundingClientRect().width / 50)));
    this.#lineHeight = inner.getBoundingClientRect().height && parseFloat(getComputedStyle(probe).lineHeight) || this.#lineHeight;
    probe.remove();

    if (isAnew || columns !== this.#columns) {
      this.#columns = columns;
      this.#lines.forEach(line => { line.rows = 0; });
      this.#forgetRows();
    }

    this.#layOut();
  }

  #layOut() {
    const tops = new Array(this.#lines.length + 1);
    let top = 0;

    this.#lines.forEach((line, index) => {
      line.rows ||= this.#isWrapped ? Math.max(1, Math.ceil(line.text.length / this.#columns)) : 1;
      tops[index] = top;
      top += line.rows * this.#lineHeight;
    });

    tops[this.#lines.length] = top;
    this.#tops = tops;

    if (!this.#isWrapped) {
      const longest = this.#lines.reduce((most, line) => Math.max(most, line.text.length), 0);
      this.sizer.style.minWidth = `${longest + 24}ch`;
    } else {
      this.sizer.style.minWidth = '';
    }

    this.#draw();
  }

  #scrolled = () => {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
    const isAtEnd = scrollTop + clientHeight >= scrollHeight - atEndPx;

    if (isAtEnd !== this.#isFollowing) {
      this.#isFollowing = isAtEnd;
      this.#tell();
    }

    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#draw(false));
  };

  #toEnd() {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }

  #indexAt(top) {
    let low = 0;
    let high = this.#lines.length;

    while (low < high) {
      const middle = (low + high) >> 1;

      if (this.#tops[middle + 1] > top) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }

    return low;
  }

  #draw(keepsEnd = true, isCorrected = false) {
    this.sizer.style.height = `${this.#tops[this.#lines.length]}px`;

    if (keepsEnd && this.#isFollowing) {
      this.#toEnd();
    }

    const { scrollTop, clientHeight } = this.#scroller;
    const first = Math.max(0, this.#indexAt(scrollTop) - spare);
    const last = Math.min(this.#lines.length, this.#indexAt(scrollTop + clientHeight) + spare + 1);
    const wanted = new Set();

    for (let index = first; index < last; index++) {
      const line = this.#lines[index];
      wanted.add(line.n);

      // Elements stay while they are seen: what is selected in them stays selected.
      if (!this.#rows.has(line.n)) {
        const row = this.#row(line);
        this.#rows.set(line.n, row);
        this.sizer.append(row);
      }

      this.#rows.get(line.n).style.transform = `translateY(${this.#tops[index]}px)`;
    }

    for (const n of [...this.#rows.keys()]) {
      if (!wanted.has(n)) {
        this.#drop(n);
      }
    }

    if (this.#isWrapped && !isCorrected) {
      this.#correct(first, last);
    }
  }

  /** Not every character is as wide as the others, nor does every line break where it is full: what is drawn says how high it is. */
  #correct(first, last) {
    let isOff = false;

    for (let index = first; index < last; index++) {
      const line = this.#lines[index];
      const rows = Math.max(1, Math.round(this.#rows.get(line.n).offsetHeight / this.#lineHeight));

      if (rows !== line.rows) {
        line.rows = rows;
        isOff = true;
      }
    }

    if (isOff) {
      let top = this.#tops[first];

      for (let index = first; index < this.#lines.length; index++) {
        this.#tops[index] = top;
        top += this.#lines[index].rows * this.#lineHeight;
      }

      this.#tops[this.#lines.length] = top;
      this.#draw(true, true);
    }
  }

  #row(line) {
    const row = document.createElement('div');
    row.className = line.error ? 'console-line error' : 'console-line';
    const text = document.createElement('span');
    text.className = 'console-text';
    let at = 0;

    for (const piece of line.pieces) {
      const element = document.createElement('span');
      apply(element, piece.style);
      this.#fill(element, line, piece.text, at);
      text.append(element);
      at += piece.text.length;
    }

    row.append(this.#number(number(line.n)), this.#time(moment(line.at, { exact: true })), text);
    return row;
  }

  /** A match may reach over pieces of several colours. */
  #fill(element, line, text, from) {
    const length = this.#search.length;

    if (length === 0 || !line.lower.includes(this.#search)) {
      element.textContent = text;
      return;
    }

    const current = this.#matches[this.#current];
    let done = 0;

    for (let at = line.lower.indexOf(this.#search); at >= 0; at = line.lower.indexOf(this.#search, at + length)) {
      const start = Math.max(done, at - from);
      const end = Math.min(text.length, at + length - from);

      if (start < end) {
        const mark = document.createElement('mark');
        mark.textContent = text.slice(start, end);

        if (current?.of === line && current.at === at) {
          mark.dataset.current = '';
        }

        element.append(text.slice(done, start), mark);
        done = end;
      }
    }

    element.append(text.slice(done));
  }

  #number(text) {
    const element = document.createElement('span');
    element.className = 'console-number';
    element.textContent = text;
    return element;
  }

  #time(text) {
    const element = document.createElement('span');
    element.className = 'console-time';
    element.textContent = text;
    return element;
  }

  #drop(n) {
    this.#rows.get(n)?.remove();
    this.#rows.delete(n);
  }

  #forgetRows() {
    this.#rows.forEach(row => row.remove());
    this.#rows.clear();
  }

  #tell() {
    this.#onChange({
      lines: this.#lines.length,
      waiting: this.#waiting.length,
      isFollowing: this.#isFollowing,
      matches: this.#matches.length,
      current: this.#current,
    });
  }
}
