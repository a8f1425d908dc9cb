/** For editors: how a document was each time it was published, and what is different now. */
import {difference} from './difference.js';
import {blocksOf, textOf} from './text.js';

/** More blocks than this are not compared: it would take an old computer minutes. */
const MOST_BLOCKS = 3000;

export function editions(app, {say}) {
    const {html, t, format, ui, hooks, contentOf, useRemote, Problem} = app;

    const facts = document => [
        ['one.number', document.number],
        ['edit.name', document.title],
        ['one.kind', t(`kind.${document.kind}`)],
        ['one.issuer', document.issuer],
        ['one.level', t(`level.${document.level}`)],
        ['one.signed', document.signed && format.date(document.signed)],
        ['one.effective', document.effective && format.date(document.effective)],
        ['one.expires', document.expires && format.date(document.expires)],
        ['one.topics', document.topics.join(', ')],
        ['relation.title', document.relations.map(one => t(`relation.${one.kind}`, {document: say.other(one)})).join(', ')],
        ['one.files', document.files.map(one => one.name).join(', ')],
    ];

    async function linesOf(document) {
        const file = document.files.map(textOf).find(Boolean);
        return file ? blocksOf(await (await contentOf(file)).text()).map(one => one.text) : null;
    }

    function Changes({before, after}) {
        const [state, setState] = hooks.useState({});
        hooks.useEffect(() => {
            setState({});
            Promise.all([linesOf(before), linesOf(after)]).then(
                ([one, other]) => setState({lines: one && other && one.length < MOST_BLOCKS && other.length < MOST_BLOCKS ? difference(one, other) : null, read: true}),
                problem => {
                    if (!(problem instanceof Problem)) {
                        throw problem;
                    }
                    setState({problem});
                },
            );
        }, [before, after]);
        const was = facts(before);
        const changed = facts(after).map(([name, value], i) => [name, was[i][1] || '–', value || '–']).filter(([, one, other]) => one !== other);
        const lines = (state.lines ?? []).filter(one => one.kind !== 'same');
        return html`
            ${changed.length > 0 && html`<dl class="facts">${changed.map(([name, one, other]) => html`<div key=${name}><dt>${t(name)}</dt><dd><del>${one}</del> <ins>${other}</ins></dd></div>`)}</dl>`}
            <${ui.ProblemNotice} problem=${state.problem} />
            ${lines.length > 0 && html`<div class="documents-changes" lang="vi">${lines.map((one, i) => html`<p key=${i}><span class="only-read">${t(`edition.${one.kind}`)} </span>${
                one.kind === 'gone' ? html`<del>${one.text}</del>` : html`<ins>${one.text}</ins>`}</p>`)}</div>`}
            ${state.read && state.lines === null && html`<p class="hint">${t('edition.no-text')}</p>`}
            ${state.read && state.lines && lines.length === 0 && changed.length === 0 && html`<p class="hint">${t('edition.same')}</p>`}`;
    }

    function Editions({document}) {
        const found = useRemote(`/api/documents/${document.id}/editions`);
        const [shown, setShown] = hooks.useState(null);
        if (!document.edition) {
            return null;
        }
        return html`<${ui.Section} title=${t('edition.title')} id="document-editions"><${ui.Remote} of=${found}>${page => html`
            <ul class="rows">${page.items.map((one, i) => {
                // the newest beside what is being written, each other beside the one that came after it
                const after = i === 0 ? document : page.items[i - 1].document;
                const isNow = i === 0 && document.state === 'PUBLISHED';
                return html`<li class="row" key=${one.edition}><span class="row-text"><span class="row-title">${t('edition.one', {number: one.edition})}</span>
                    <span class="row-more">${format.when(one.publishedAt)}</span>
                    ${isNow ? html`<span><${ui.Badge} kind="good">${t('edition.now')}<//></span>` : html`<span><${ui.Button} id=${`edition-${one.edition}`} aria-expanded=${shown === one.edition ? 'true' : 'false'}
                        onClick=${() => setShown(shown === one.edition ? null : one.edition)}>${t(i === 0 ? 'edition.since' : 'edition.next')}<//></span>`}
                    ${shown === one.edition && html`<${Changes} before=${one.document} after=${after} />`}</span></li>`;
            })}</ul>`}<//><//>`;
    }

    return {Editions};
}
