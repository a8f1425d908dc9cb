/** The pictures of a draft: sent at once, each with words for who does not see it. */
const MOST = 15 * 1024 * 1024;

export function pictureFields(app) {
    const {html, t, format, ui, transfer} = app;

    function PictureFields({form, id}) {
        const all = form.value('pictures');
        const set = pictures => form.set('pictures', pictures);
        const describe = (file, alt) => set(all.map(one => (one.file === file ? {...one, alt} : one)));
        const add = sent => set([...form.value('pictures').filter(one => one.file !== sent.file), {...sent, alt: ''}]);
        return html`<fieldset class="news-pictures"><legend>${t('edit.pictures')}</legend>
            <ul class="rows">${all.map((one, i) => html`<li class="row" key=${one.file}><span class="row-text">
                <${ui.Field} name=${`news-alt-${i}`} label=${t('edit.alt', {number: i + 1})} hint=${t('edit.alt-hint')} value=${one.alt} maxlength="300"
                    error=${form.error(`pictures[${i}].alt`)} onInput=${event => describe(one.file, event.target.value)} />
                <span class="row-more">${format.bytes(one.size)}</span></span>
                <${ui.Button} kind="quiet" icon="trash-2" onClick=${() => set(all.filter(other => other.file !== one.file))}>
                    ${t('edit.drop')}<span class="only-read"> ${i + 1}</span><//>
            </li>`)}</ul>
            ${all.length < 12 && html`<${ui.Upload} label=${t('edit.attach')} id=${`${id}-upload`} accept="image/jpeg,image/png" most=${MOST} multiple=${false}
                transfer=${(file, progress) => transfer('POST', '/api/news/pictures', file, progress)} onSent=${add} />`}
        </fieldset>`;
    }

    return {PictureFields};
}
