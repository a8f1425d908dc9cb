/** What is loaded when it is first looked at: a member's first visit does not wait for the pages of an office. */
import {html, hooks, signals} from './base.js';
import {t} from './texts.js';
import {Button, Loading, Notice} from './ui.js';

/** How many files that somebody looks at are on their way. */
export const coming = signals.signal(0);

/**
 * Components that {@code load} gives, a promise of an object, when the first of them is shown. Each is there by its name at once:
 * {@code const {Queue, Edit} = components(() => …)}.
 */
export function components(load) {
    let there = null;
    let loading = null;
    const all = () => {
        coming.value++;
        loading = loading ?? load().then(loaded => (there = loaded));
        return loading
            // who looks at it again tries again
            .catch(problem => {
                loading = null;
                throw problem;
            })
            .finally(() => coming.value--);
    };
    const component = name => function Later(props) {
        const [state, set] = hooks.useState(null);
        hooks.useEffect(() => {
            if (!there) {
                all().then(() => set('THERE'), problem => {
                    console.info('Not loaded:', problem.message);
                    set('FAILED');
                });
            }
        }, []);
        if (there) {
            return html`<${there[name]} ...${props} />`;
        }
        return state === 'FAILED'
            ? html`<${Notice} kind="error" title=${t('module.broken')} actions=${html`<${Button} icon="refresh-cw"
                onClick=${() => location.reload()}>${t('error.reload')}<//>`}>${t('module.broken-more')}<//>`
            : html`<${Loading} />`;
    };
    const made = {};
    return new Proxy(made, {get: (none, name) => (made[name] = made[name] ?? component(name))});
}

/** A component of a file in {@code later/}, by its name there. */
export const later = (file, name) => components(() => import(`./later/${file}.js`))[name];
