// The two ends of a long list: the server is told when one of them is seen, or soon will be.

const aheadPx = 800;

/** What is returned is what the server calls. */
export function watch(top, bottom, server) {
  return new Edges(top, bottom, server);
}

class Edges {
  #top;
  #bottom;
  #server;
  #observer;

  // A page that is looked at from its top stays there: nothing is read that nobody scrolls to.
  #begun = scrollY > 0;

  constructor(top, bottom, server) {
    [this.#top, this.#bottom, this.#server] = [top, bottom, server];
    this.#observer = new IntersectionObserver(entries => this.#tell(entries), { rootMargin: `${aheadPx}px 0px` });
    this.again();

    addEventListener('scroll', () => {
      this.#begun = true;
      this.again();
    }, { once: true, passive: true });
  }

  /** An end that is seen all the time is told of once more. */
  again() {
    for (const end of [this.#top, this.#bottom]) {
      this.#observer.unobserve(end);
      this.#observer.observe(end);
    }
  }

  toTop() {
    scrollTo({ top: 0, behavior: 'instant' });
    this.again();
  }

  dispose() {
    this.#observer.disconnect();
  }

  async #tell(entries) {
    const seen = entries.filter(entry => entry.isIntersecting && this.#begun);

    for (const { target } of seen) {
      try {
        await this.#server.invokeMethodAsync('ReachAsync', target === this.#top);
      } catch {
        // The connection is lost, or the page is another one by now.
      }
    }
  }
}
