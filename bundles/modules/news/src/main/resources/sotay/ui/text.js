/** Blocks of a text as elements. There is no markup in them: words are words, and a link leads where the server has allowed it, and this once more. */
const SAFE = /^(?:https?:\/\/|tel:|mailto:|\/(?![/\\]))/i;

export function text({html}) {
    function lines(words) {
        return words.split('\n').flatMap((line, i) => (i === 0 ? [line] : [html`<br key=${i} />`, line]));
    }

    function Span({span}) {
        let shown = lines(span.text);
        if (span.emphasis) {
            shown = html`<em>${shown}</em>`;
        }
        if (span.strong) {
            shown = html`<strong>${shown}</strong>`;
        }
        return span.link && SAFE.test(span.link) ? html`<a href=${span.link} rel="noreferrer">${shown}</a>` : html`<span>${shown}</span>`;
    }

    const spans = block => block.spans.map((span, i) => html`<${Span} key=${i} span=${span} />`);

    /** Items that follow one another, alike counted, are one list. */
    function grouped(blocks) {
        const groups = [];
        for (const block of blocks) {
            const last = groups[groups.length - 1];
            const isCounted = Boolean(block.number);
            if (block.kind === 'ITEM' && last?.items && last.isCounted === isCounted && last.level === block.level) {
                last.items.push(block);
            } else {
                groups.push(block.kind === 'ITEM' ? {items: [block], isCounted, level: block.level} : {block});
            }
        }
        return groups;
    }

    const item = (block, i) => html`<li key=${i} value=${block.number ?? undefined}>${spans(block)}</li>`;

    function list({items, isCounted, level}) {
        const kind = `news-list news-level-${level ?? 1}`;
        return isCounted ? html`<ol class=${kind}>${items.map(item)}</ol>` : html`<ul class=${kind}>${items.map(item)}</ul>`;
    }

    function one(block) {
        switch (block.kind) {
            case 'HEADING': return block.level === 1 ? html`<h2>${spans(block)}</h2>` : html`<h3>${spans(block)}</h3>`;
            case 'QUOTE': return html`<blockquote>${spans(block)}</blockquote>`;
            default: return html`<p>${spans(block)}</p>`;
        }
    }

    /** A text. */
    function Blocks({blocks}) {
        return html`<div class="news-text" lang="vi">${grouped(blocks ?? []).map((group, i) => html`<div key=${i}>${group.items ? list(group) : one(group.block)}</div>`)}</div>`;
    }

    return {Blocks};
}

/** The words of a text, for who looks for something in it. */
export const wordsOf = blocks => (blocks ?? []).map(block => block.spans.map(span => span.text).join('')).join('\n');
