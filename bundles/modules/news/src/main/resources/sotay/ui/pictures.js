/** Pictures: fetched when the page is open, from the device if they were taken along; on demand where the reader saves data. */
export const fileOf = picture => ({file: picture.file, name: `${picture.alt.slice(0, 60)}.jpg`, type: 'image/jpeg', size: picture.size});

/** The policy of the pages takes pictures of this form, and none that another script could have made an address for. */
const addressOf = blob => new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^data:[^;,]*/, 'data:image/jpeg'));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
});

export function pictures(app) {
    const {html, t, format, ui, hooks, contentOf, Problem} = app;
    const saves = () => Boolean(navigator.connection?.saveData);

    function Picture({picture}) {
        const [state, setState] = hooks.useState({});
        const load = async () => {
            setState({loading: true});
            try {
                setState({address: await addressOf(await contentOf(fileOf(picture)))});
            } catch (problem) {
                if (!(problem instanceof Problem)) {
                    throw problem;
                }
                setState({failed: true});
            }
        };
        hooks.useEffect(() => {
            if (!saves()) {
                load();
            }
        }, [picture.file]);
        return html`<figure class="news-picture">${state.address
            ? html`<img src=${state.address} alt=${picture.alt} width=${picture.width} height=${picture.height} />`
            : html`<p class="hint">${t('picture.shows', {what: picture.alt})}</p>
                ${state.loading ? html`<p class="loading" role="status">${t('picture.loading')}</p>`
                    : html`<${ui.Button} onClick=${load}>${t(state.failed ? 'picture.again' : 'picture.load', {size: format.bytes(picture.size)})}<//>`}`}
        </figure>`;
    }

    return {Picture};
}
