/** The text of a document within the page: large, with its articles as a list, and read aloud by the browser where it has a voice. */
import {blocksOf, textOf} from './text.js';

/** Blocks that are made at once, about two screens of a phone; and in each piece that follows while the first is read. */
const FIRST = 40;
const PIECE = 100;

/** A text of fewer blocks is looked over without help. */
const LONG = 60;
const PAUSE = 30;
const SETTLED = 400;

const placeKey = file => `documents-place-${file}`;

/** The place in the text where somebody was, in this window; nothing where the browser keeps nothing. */
const places = {
    get(file) {
        try {
            return sessionStorage.getItem(placeKey(file));
        } catch {
            return null;
        }
    },
    set(file, id) {
        try {
            sessionStorage.setItem(placeKey(file), id);
        } catch {
            // it is only a help
        }
    },
};

/** The last of some elements, one below the other, that begins above the middle of the window. */
function lastAbove(elements) {
    let [from, to] = [0, elements.length];
    while (from < to) {
        const middle = (from + to) >> 1;
        if (elements[middle].getBoundingClientRect().top < innerHeight / 2) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    return elements[from - 1];
}

export function reader(app, {say, useCited, linked, Hint, Remark, isRemarked}) {
    const {html, t, format, ui, hooks, contentOf, Problem} = app;
    const voice = () => (window.speechSynthesis ? speechSynthesis.getVoices().find(one => /^vi/i.test(one.lang)) : undefined);

    /** Reads blocks aloud, one after the other, from the first on. */
    function Aloud({blocks}) {
        const [reading, setReading] = hooks.useState(false);
        const [there, setThere] = hooks.useState(Boolean(voice()));
        hooks.useEffect(() => {
            const look = () => setThere(Boolean(voice()));
            window.speechSynthesis?.addEventListener?.('voiceschanged', look);
            return () => {
                window.speechSynthesis?.removeEventListener?.('voiceschanged', look);
                window.speechSynthesis?.cancel();
            };
        }, []);
        const read = index => {
            if (index >= blocks.length) {
                setReading(false);
                return;
            }
            const words = new SpeechSynthesisUtterance(blocks[index].text);
            words.lang = 'vi-VN';
            words.voice = voice();
            words.onend = () => read(index + 1);
            words.onerror = () => setReading(false);
            speechSynthesis.speak(words);
        };
        const toggle = () => {
            speechSynthesis.cancel();
            if (!reading) {
                read(0);
            }
            setReading(!reading);
        };
        return there && html`<div class="actions no-print"><${ui.Button} icon=${reading ? 'square' : 'play'} id="read-aloud" onClick=${toggle}>
            ${t(reading ? 'text.stop' : 'text.aloud')}<//></div>`;
    }

    /** @param level of the heading of an article: below a part, if there is one */
    function Block({block, number, level, known}) {
        const {kind, text, id} = block;
        switch (kind) {
            case 'h2': return html`<h3 class="documents-part" id=${id} data-block=${number}>${text}</h3>`;
            case 'h3': return html`<${level} class="documents-article" id=${id} tabindex="-1" data-block=${number}>${text}<//>`;
            case 'li': return html`<p class="documents-item" id=${id} data-block=${number}>${linked(text, known)}</p>`;
            case 'table': return html`<div class="documents-table" data-block=${number} role="region" aria-label=${t('text.table', {head: block.rows[0].join(', ')})} tabindex="0"><table>
                <thead><tr>${block.rows[0].map((cell, i) => (cell ? html`<th key=${i} scope="col">${linked(cell, known)}</th>` : html`<td key=${i}></td>`))}</tr></thead>
                <tbody>${block.rows.slice(1).map((row, i) => html`<tr key=${i}>${row.map((cell, j) => html`<td key=${j}>${linked(cell, known)}</td>`)}</tr>`)}</tbody>
            </table></div>`;
            case 'note': return html`<p class="hint" data-block=${number}>${text}</p>`;
            default: return html`<p id=${id} data-block=${number}>${linked(text, known)}</p>`;
        }
    }

    /** A piece of a text: made once, whatever is made below it. @param draft of a draft for opinions, see {@code useDraft} */
    function Piece({blocks, from, to, parts, known, draft}) {
        return hooks.useMemo(() => blocks.slice(from, to).flatMap((one, i) => [html`<${Block} key=${from + i} block=${one} number=${from + i} known=${known}
            level=${parts >= 0 && from + i > parts ? 'h4' : 'h3'} />`,
        draft && isRemarked(one) && html`<${Remark} key=${one.anchor} draft=${draft} block=${one} />`]), [blocks, from, to, known, draft]);
    }

    /** Where words stand in a long text, with or without marks; the first, and the next. */
    function Find({blocks, show}) {
        const [words, setWords] = hooks.useState('');
        const [found, setFound] = hooks.useState(null);
        const folded = hooks.useRef(null);
        const at = (hits, index) => {
            setFound({hits, index});
            if (hits.length > 0) {
                show(hits[index]);
            }
        };
        const find = event => {
            event.preventDefault();
            const wanted = format.fold(words).replace(/\s+/g, ' ').trim();
            if (!wanted) {
                setFound(null);
                return;
            }
            folded.current = folded.current ?? blocks.map(one => format.fold(one.text));
            at(folded.current.flatMap((text, i) => (text.includes(wanted) ? [i] : [])), 0);
        };
        const step = by => () => at(found.hits, (found.index + by + found.hits.length) % found.hits.length);
        return html`<form class="documents-find no-print" role="search" aria-label=${t('text.find')} onSubmit=${find}>
            <${ui.Field} name="document-find" type="search" label=${t('text.find')} value=${words} onInput=${event => setWords(event.target.value)} />
            <div class="actions"><${ui.Button} type="submit" icon="search" id="find-go">${t('text.find-go')}<//>
                ${found?.hits.length > 1 && html`<${ui.Button} id="find-before" onClick=${step(-1)}>${t('text.find-before')}<//>
                    <${ui.Button} id="find-next" onClick=${step(1)}>${t('text.find-next')}<//>`}</div>
            <p role="status" id="find-state">${found && (found.hits.length > 0
                ? t('text.find-at', {at: found.index + 1, count: found.hits.length}) : t('text.find-none'))}</p>
        </form>`;
    }

    /** An article, or a clause of it; where there is no such clause, its article. */
    function goTo(id) {
        const article = document.getElementById(id) ?? document.getElementById(id.replace(/-khoan-.*/, ''));
        article?.scrollIntoView();
        article?.focus({preventScroll: true});
    }

    /** What the text names and is in force no longer. */
    function Old({documents}) {
        return documents.length > 0 && html`<${ui.Notice} kind="late" id="cites-old" title=${t('cites.old')}>
            <ul class="plain">${documents.map(one => html`<li key=${one.id}><a class="documents-link" href=${`/documents/${one.id}`}>${say.called(one)}</a>: ${
                say.force(one).text}</li>`)}</ul><//>`;
    }

    function Text({file, title, draft}) {
        const [state, setState] = hooks.useState({});
        const load = () => {
            setState({});
            contentOf(file).then(blob => blob.text()).then(
                // its own title stands above it already
                text => setState({blocks: blocksOf(text).filter((one, i) => i > 0 || one.text !== title)}),
                problem => {
                    if (!(problem instanceof Problem)) {
                        throw problem;
                    }
                    setState({problem});
                },
            );
        };
        hooks.useEffect(load, [file.file]);
        const known = useCited(hooks.useMemo(() => (state.blocks ?? []).filter(one => ['p', 'li', 'table'].includes(one.kind)).map(one => one.text), [state.blocks]));
        const old = [...known.values()].filter(one => !say.isInForce(one, format.today()));
        const {blocks, problem} = state;
        const [shown, setShown] = hooks.useState(FIRST);
        const [target, setTarget] = hooks.useState(null);
        const [last] = hooks.useState(() => places.get(file.file));
        const box = hooks.useRef(null);
        // a link from the search, or from elsewhere, leads to an article
        hooks.useEffect(() => {
            if (blocks && location.hash) {
                wish(location.hash.slice(1));
            }
        }, [blocks]);
        hooks.useEffect(() => {
            if (!blocks || shown >= blocks.length) {
                return undefined;
            }
            const timer = setTimeout(() => setShown(shown + PIECE), PAUSE);
            return () => clearTimeout(timer);
        }, [blocks, shown]);
        hooks.useEffect(() => {
            if (target) {
                setTarget(null);
                target.go();
            }
        }, [target]);
        hooks.useEffect(() => {
            let timer;
            const keep = () => {
                const article = box.current && lastAbove(box.current.querySelectorAll('.documents-article[id]'));
                if (article) {
                    places.set(file.file, article.id);
                }
            };
            const moved = () => {
                clearTimeout(timer);
                timer = setTimeout(keep, SETTLED);
            };
            addEventListener('scroll', moved, {passive: true});
            return () => {
                removeEventListener('scroll', moved);
                clearTimeout(timer);
            };
        }, [file.file]);
        /** Goes there once the piece that has it is made. */
        const reach = (index, go) => {
            if (index >= shown) {
                setShown(FIRST + PIECE * Math.ceil((index + PIECE / 2 - FIRST) / PIECE));
            }
            setTarget({go});
        };
        const wish = id => {
            const exact = blocks.findIndex(one => one.id === id);
            const index = exact >= 0 ? exact : blocks.findIndex(one => one.id === id.replace(/-khoan-.*/, ''));
            if (index >= 0) {
                reach(index, () => goTo(id));
            }
        };
        const show = index => reach(index, () => {
            box.current.querySelectorAll('.documents-found').forEach(one => one.classList.remove('documents-found'));
            const block = box.current.querySelector(`[data-block="${index}"]`);
            block?.classList.add('documents-found');
            block?.scrollIntoView({block: 'center'});
        });
        if (!blocks) {
            return problem ? html`<${ui.ProblemNotice} problem=${problem} retry=${problem.mayPass ? load : undefined} />`
                : html`<${ui.Loading}>${t('text.loading')}<//>`;
        }
        const articles = blocks.filter(one => one.kind === 'h3' && one.id);
        const parts = blocks.findIndex(one => one.kind === 'h2');
        const go = (event, id) => {
            event.preventDefault();
            wish(id);
        };
        const before = last && articles.length > 2 && articles.find(one => one.id === last && one !== articles[0]);
        const pieces = [];
        for (let from = 0; from < Math.min(shown, blocks.length); from += from ? PIECE : FIRST) {
            pieces.push(html`<${Piece} key=${from} blocks=${blocks} from=${from} to=${from + (from ? PIECE : FIRST)} parts=${parts} known=${known} draft=${draft} />`);
        }
        return html`
            <${Old} documents=${old} />
            <${Aloud} blocks=${blocks} />
            ${articles.length > 2 && html`<details class="documents-articles no-print"><summary>${t('text.articles', {count: articles.length})}</summary>
                <ul class="plain">${articles.map(one => html`<li key=${one.id}><a class="documents-link" href=${`#${one.id}`}
                    onClick=${event => go(event, one.id)}>${one.text}</a></li>`)}</ul></details>`}
            ${before && html`<p class="no-print"><a class="documents-link" id="read-on" href=${`#${before.id}`}
                onClick=${event => go(event, before.id)}>${t('text.read-on', {article: before.text})}</a></p>`}
            ${blocks.length > LONG && html`<${Find} blocks=${blocks} show=${show} />`}
            ${draft && html`<${Hint} draft=${draft} />`}
            <div class="documents-text" lang="vi" ref=${box} data-all=${shown >= blocks.length ? 'true' : 'false'}>${pieces}</div>`;
    }

    /** The text of the first file whose text can be shown; nothing if there is none. */
    function Reader({files, title, draft}) {
        const file = files.map(textOf).find(Boolean);
        return file ? html`<${ui.Section} title=${t('text.title')} id="document-text">
            ${file.by && html`<p class="hint" id="text-by">${t(`text.by-${file.by}`)}</p>`}
            ${file.reading === 'PART' && html`<p class="hint">${t('reading.PART')}</p>`}
            <${Text} key=${file.file} file=${file} title=${title} draft=${draft} /><//>` : null;
    }

    return {Reader};
}
