/** For editors: the letters of a scan are recognised by the server, and mended by hand. */
const WORKING = ['RUNNING', 'APPLYING', 'UNDOING'];
const LOOK_AGAIN = 1_000;

export function scan(app) {
    const {html, t, ui, api, hooks, navigate, contentOf, useAction, useForm, useRemote, Problem} = app;

    /** How far a job is; what came of it is shown by the document itself. */
    function Progress({job, done, ended}) {
        const remote = useRemote(`/api/jobs/${job}`);
        const {busy, problem, run} = useAction();
        const state = remote.data?.state;
        const works = WORKING.includes(state);
        hooks.useEffect(() => {
            if (!works || remote.loading) {
                return undefined;
            }
            const timer = setTimeout(remote.reload, LOOK_AGAIN);
            return () => clearTimeout(timer);
        }, [works, remote.loading]);
        hooks.useEffect(() => {
            if (state && !works) {
                ended();
            }
            if (state === 'APPLIED') {
                done();
            }
        }, [state]);
        const warnings = remote.data?.result?.warnings ?? [];
        return html`<p role="status" id="scan-state">${state && t(works ? 'scan.working' : `scan.${state}`, {percent: remote.data.progress})}</p>
            <${ui.ProblemNotice} problem=${problem ?? remote.problem} />
            ${remote.data?.result?.failure && html`<${ui.Notice} kind="error" title=${remote.data.result.failure} />`}
            ${warnings.length > 0 && html`<ul class="plain">${warnings.map((one, i) => html`<li key=${i}>${
                one.line ? `${t('scan.page', {number: one.line})}: ` : ''}${one.reason}</li>`)}</ul>`}
            ${works && html`<div class="actions"><${ui.Button} icon="x" id="scan-cancel" busy=${busy && t('desk.doing')} onClick=${() => run(async () => {
                await api.post(`/api/jobs/${job}/cancel`);
                remote.reload();
            })}>${t('scan.cancel')}<//></div>`}`;
    }

    function Scan({document, paper, running, reload, look}) {
        const [job, setJob] = hooks.useState(running);
        hooks.useEffect(() => running && setJob(running), [running]);
        const {busy, problem, run} = useAction();
        const isOpen = ['DRAFT', 'REVIEW'].includes(document.state);
        const begin = () => run(async () => {
            try {
                setJob((await api.post(`/api/documents/${document.id}/scan`, {file: paper.file})).job);
            } finally {
                // also if it is refused: somebody else has begun it, perhaps
                look();
            }
        });
        return html`<p class="hint">${paper.name}: ${t(paper.text.by ? `text.by-${paper.text.by}` : 'scan.none')}</p>
            <${ui.ProblemNotice} problem=${problem} />
            ${job && html`<${Progress} key=${job} job=${job} done=${reload} ended=${look} />`}
            <div class="actions">
                ${paper.text.by !== 'EDITOR' && !running && html`<${ui.Button} icon="search" id="scan-begin" busy=${busy && t('desk.doing')} onClick=${begin}>${
                    t(paper.text.by ? 'scan.again' : 'scan.begin')}<//>`}
                ${isOpen && html`<${ui.Button} icon="pencil" id="scan-correct" href=${`/documents/${document.id}/text/${paper.file}`}>${
                    t(paper.text.by ? 'scan.correct' : 'scan.write')}<//>`}
            </div>`;
    }

    /** The scans among the files of a document. */
    function Scans({document, reload}) {
        const scans = document.files.filter(one => one.text?.reading === 'PICTURES');
        return scans.length > 0 && html`<${Running} document=${document} scans=${scans} reload=${reload} />`;
    }

    /** What was begun before, here or by somebody else, is shown as long as it runs. */
    function Running({document, scans, reload}) {
        const remote = useRemote(`/api/documents/${document.id}/scan`);
        return scans.map(paper => html`<${Scan} key=${paper.file} document=${document} paper=${paper} reload=${reload} look=${remote.reload}
            running=${remote.data?.running.find(one => one.file === paper.file)?.job} />`);
    }

    function Correct({id, file}) {
        const remote = useRemote(`/api/documents/${id}`);
        return html`<${ui.Page} title=${t('scan.title')} lead=${remote.data?.title} back=${`/documents/${id}`} backTitle=${t('title')}>
            <${ui.Remote} of=${remote} loading=${t('loading')}>${document => {
                const paper = document.files.find(one => one.file === file);
                return paper?.text?.reading === 'PICTURES' && ['DRAFT', 'REVIEW'].includes(document.state)
                    ? html`<${Text} key=${file} document=${document} etag=${remote.etag} paper=${paper} />`
                    : html`<${ui.Empty} title=${t('problem.document.published')}>${t('problem.document.published.detail')}<//>`;
            }}<//>
        <//>`;
    }

    /** What was recognised so far is there to begin with. */
    function Text({document, etag, paper}) {
        const [state, setState] = hooks.useState(paper.text.file ? {} : {text: ''});
        const load = () => {
            if (!paper.text.file) {
                return;
            }
            setState({});
            contentOf({file: paper.text.file, name: paper.name, type: 'text/plain', size: paper.text.size}).then(blob => blob.text()).then(
                text => setState({text}),
                problem => {
                    if (!(problem instanceof Problem)) {
                        throw problem;
                    }
                    setState({problem});
                },
            );
        };
        hooks.useEffect(load, [paper.text.file]);
        if (state.text === undefined) {
            return state.problem ? html`<${ui.ProblemNotice} problem=${state.problem} retry=${state.problem.mayPass ? load : undefined} />`
                : html`<${ui.Loading}>${t('text.loading')}<//>`;
        }
        return html`<${Write} document=${document} etag=${etag} paper=${paper} text=${state.text} />`;
    }

    function Write({document, etag, paper, text}) {
        const form = useForm(`document-text-${paper.file}`, {text});
        const submit = async () => {
            if (await form.submit(() => api.put(`/api/documents/${document.id}/text`, {file: paper.file, text: form.value('text')}, {etag}))) {
                form.discard();
                navigate(`/documents/${document.id}`);
            }
        };
        return html`
            <p>${t('scan.compare')}</p>
            <${ui.Documents} documents=${[paper]} />
            <${ui.Form} form=${form} onSubmit=${submit} shown=${['text']}>
                <${ui.Field} form=${form} name="text" as="textarea" class="documents-scan-text" label=${t('scan.text')} hint=${t('scan.text-hint')} />
                <div class="actions"><${ui.Button} kind="main" type="submit" icon="check" id="save-text" busy=${form.sending && t('edit.saving')}>${t('edit.save')}<//></div>
            <//>`;
    }

    return {Scans, Correct};
}
