/** What is loaded when it is first looked at: a member's first visit does not wait for the pages of an office. */
import {html, hooks} from './base.js';
import {t} from './texts.js';
import {Button, Loading, Notice} from './ui.js';

/** A component of a file in {@code later/}, by its name there. */
export function later(file, name) {
    let known = null;
    return function Later(props) {
        const [{component, failed}, set] = hooks.useState({component: known});
        hooks.useEffect(() => {
            if (!component) {
                import(`./later/${file}.js`).then(
                    loaded => {
                        known = loaded[name];
                        set({component: known});
                    },
                    () => set({failed: true}),
                );
            }
        }, []);
        if (component) {
            return html`<${component} ...${props} />`;
        }
        return failed
            ? html`<${Notice} kind="error" title=${t('module.broken')} actions=${html`<${Button} icon="refresh-cw"
                onClick=${() => location.reload()}>${t('error.reload')}<//>`}>${t('module.broken-more')}<//>`
            : html`<${Loading} />`;
    };
}
