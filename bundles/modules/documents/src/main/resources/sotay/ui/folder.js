/** A whole folder of documents at once: a ZIP, or a folder of this computer, with an index. What would come of it is shown before anything is made. */
const INDEX = /(^|\/)(index|muc-luc|mục-lục)\.(tsv|txt)$/i;
const HIDDEN = /(^|\/)(\.[^/]*|Thumbs\.db|desktop\.ini|~\$[^/]*)$/i;
const MOST_ZIP = 512 * 1024 * 1024;
const MOST_FILES = 2000;

/** What a spreadsheet writes as text: UTF-8, or UTF-16 with its mark. */
async function decoded(blob) {
    const bytes = new Uint8Array(await blob.arrayBuffer());
    const wide = {255: 'utf-16le', 254: 'utf-16be'}[bytes[0]];
    const name = wide && bytes[0] + bytes[1] === 509 ? wide : 'utf-8';
    return new TextDecoder(name).decode(bytes).normalize('NFC').replace(/\r\n?/g, '\n').replace(/^\ufeff/, '');
}

export function folder(app) {
    const {html, t, format, ui, api, hooks, navigate, useRemote, Problem} = app;
    const KIND = 'documents.import';

    const refuse = (title, detail) => {
        throw new Problem({status: 422, title, detail});
    };

    const indexOf = paths => paths.find(path => INDEX.test(path)) ?? refuse(t('folder.no-index'), t('folder.no-index-more'));

    /** Files of a ZIP, which the server has unpacked. */
    async function ofZip(file, tell) {
        if (file.size > MOST_ZIP) {
            refuse(t('folder.too-large'), t('folder.most', {most: format.bytes(MOST_ZIP)}));
        }
        const {files} = await app.transfer('POST', '/api/documents/import/files', file, sent =>
            tell(t('folder.sending', {done: format.bytes(sent), all: format.bytes(file.size)})));
        const path = indexOf(files.map(one => one.path));
        const found = files.find(one => one.path === path);
        const index = await decoded(await app.contentOf({file: found.file, name: path}));
        return {index, files: files.filter(one => one !== found)};
    }

    /** Files of a folder, which are sent one after the other. */
    async function ofFolder(chosen, tell) {
        const all = chosen.map(file => ({file, path: (file.webkitRelativePath || file.name).normalize('NFC')})).filter(one => !HIDDEN.test(one.path));
        if (all.length > MOST_FILES) {
            refuse(t('folder.too-many'), t('folder.most-files', {most: MOST_FILES}));
        }
        const path = indexOf(all.map(one => one.path));
        const index = await decoded(all.find(one => one.path === path).file);
        const files = [];
        const others = all.filter(one => one.path !== path);
        for (const one of others) {
            tell(t('folder.sending', {done: files.length, all: others.length}));
            files.push({path: one.path, file: (await app.upload(one.file)).file});
        }
        return {index, files};
    }

    function Choose({id, label, directory, onFiles}) {
        return html`<span><input class="only-read" type="file" id=${id} webkitdirectory=${directory} multiple=${directory}
                accept=${directory ? undefined : '.zip'} onChange=${event => {
                    const files = [...event.target.files];
                    event.target.value = '';
                    if (files.length) {
                        onFiles(files);
                    }
                }} /><label class="button" for=${id}><${ui.Icon} name="upload" /><span>${label}</span></label></span>`;
    }

    function Folder() {
        const {unit} = app.caller.mandates.find(one => one.role === 'EDITOR');
        const jobs = useRemote('/api/jobs?limit=50');
        const [state, setState] = hooks.useState(null);
        const [problem, setProblem] = hooks.useState(null);
        const stage = how => async files => {
            setProblem(null);
            setState(t('folder.reading'));
            try {
                const found = await how(files, setState);
                const {job} = await api.post('/api/documents/import', {unit, ...found});
                navigate(`/documents/import/${job}`);
            } catch (failure) {
                setProblem(failure instanceof Problem ? failure : new Problem({status: 0, title: t('folder.unreadable'), detail: t('folder.unreadable-more')}));
            } finally {
                setState(null);
            }
        };
        const before = (jobs.data?.items ?? []).filter(one => one.kind === KIND);
        return html`<${ui.Page} title=${t('folder.title')} lead=${t('folder.lead')} back="/documents" backTitle=${t('title')}>
            <div class="actions">
                <${Choose} id="folder-zip" label=${t('folder.zip')} directory=${false} onFiles=${stage(([file], tell) => ofZip(file, tell))} />
                <${Choose} id="folder-choose" label=${t('folder.choose')} directory=${true} onFiles=${stage(ofFolder)} />
            </div>
            ${state && html`<p class="loading" role="status">${state}</p>`}
            <${ui.ProblemNotice} problem=${problem} />
            <${ui.Section} title=${t('folder.index')}>
                <p>${t('folder.index-more')}</p>
                <ul class="plain">${['file', 'number', 'title', 'kind', 'issuer', 'level', 'signed', 'effective', 'expires', 'topics', 'audience', 'replaces'].map(one =>
                    html`<li key=${one}><code>${one}</code> · ${t(`field.${one}`)}</li>`)}</ul>
            <//>
            ${before.length > 0 && html`<${ui.Section} title=${t('folder.before')}>
                <${ui.Links} label=${t('folder.before')} rows=${before.map(job => ({
                    href: `/documents/import/${job.id}`,
                    title: format.when(job.startedAt),
                    text: job.result && t('folder.taken', {count: job.result.taken, refused: job.result.refusedLines}),
                    state: html`<${ui.Badge}>${t(`job.${job.state}`)}<//>`,
                }))} /><//>`}
        <//>`;
    }

    function Import({job}) {
        return html`<${ui.Page} title=${t('folder.title')} back="/documents/import" backTitle=${t('folder.title')}>
            <${ui.Job} id=${job} say=${t} />
        <//>`;
    }

    return {Folder, Import};
}
