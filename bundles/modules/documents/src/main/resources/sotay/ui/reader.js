/** The text of a document within the page: large, with its articles as a list, and read aloud by the browser where it has a voice. */
import {blocksOf, textOf} from './text.js';

export function reader(app, {say, useCited, linked}) {
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
    function Block({block, level, known}) {
        const {kind, text, id} = block;
        switch (kind) {
            case 'h2': return html`<h3 class="documents-part" id=${id}>${text}</h3>`;
            case 'h3': return html`<${level} class="documents-article" id=${id} tabindex="-1">${text}<//>`;
            case 'li': return html`<p class="documents-item" id=${id}>${linked(text, known)}</p>`;
            case 'note': return html`<p class="hint">${text}</p>`;
            default: return html`<p id=${id}>${linked(text, known)}</p>`;
        }
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

    function Text({file, title}) {
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
        const known = useCited((state.blocks ?? []).filter(one => ['p', 'li'].includes(one.kind)).map(one => one.text));
        const old = [...known.values()].filter(one => !say.isInForce(one, format.today()));
        // a link from the search, or from elsewhere, leads to an article
        hooks.useEffect(() => {
            if (state.blocks && location.hash) {
                goTo(location.hash.slice(1));
            }
        }, [state.blocks]);
        const {blocks, problem} = state;
        if (!blocks) {
            return problem ? html`<${ui.ProblemNotice} problem=${problem} retry=${problem.mayPass ? load : undefined} />`
                : html`<${ui.Loading}>${t('text.loading')}<//>`;
        }
        const articles = blocks.filter(one => one.kind === 'h3' && one.id);
        const parts = blocks.findIndex(one => one.kind === 'h2');
        const go = (event, id) => {
            event.preventDefault();
            goTo(id);
        };
        return html`
            <${Old} documents=${old} />
            <${Aloud} blocks=${blocks} />
            ${articles.length > 2 && html`<details class="documents-articles no-print"><summary>${t('text.articles', {count: articles.length})}</summary>
                <ul class="plain">${articles.map(one => html`<li key=${one.id}><a class="documents-link" href=${`#${one.id}`}
                    onClick=${event => go(event, one.id)}>${one.text}</a></li>`)}</ul></details>`}
            <div class="documents-text" lang="vi">${blocks.map((one, i) => html`<${Block} key=${i} block=${one} known=${known}
                level=${parts >= 0 && i > parts ? 'h4' : 'h3'} />`)}</div>`;
    }

    /** The text of the first file whose text can be shown; nothing if there is none. */
    function Reader({files, title}) {
        const file = files.map(textOf).find(Boolean);
        return file ? html`<${ui.Section} title=${t('text.title')} id="document-text">
            ${file.by && html`<p class="hint" id="text-by">${t(`text.by-${file.by}`)}</p>`}
            ${file.reading === 'PART' && html`<p class="hint">${t('reading.PART')}</p>`}
            <${Text} key=${file.file} file=${file} title=${title} /><//>` : null;
    }

    return {Reader};
}
