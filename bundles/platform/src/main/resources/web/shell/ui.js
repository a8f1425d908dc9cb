/**
 * The parts that pages are put together from. Few on purpose: a page that needs another part is asked first whether it needs it.
 * All take {@code class} and other attributes of their element.
 */
import {html, hooks, h} from './base.js';
import {icons} from './icons.js';
import {t} from './texts.js';
import * as format from './format.js';
import {moved} from './router.js';
import {upload} from './files.js';
import {Problem} from './api.js';

const idOf = (form, name) => `${form?.id ?? 'page'}-${name}`.replace(/[^\w-]+/g, '-');
const words = (...some) => some.filter(Boolean).join(' ');

/** A picture beside a word, never instead of it. */
export function Icon({name, ...rest}) {
    return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false" ...${rest}>
        ${(icons[name] ?? []).map(([tag, attributes]) => h(tag, attributes))}
    </svg>`;
}

/** @param kind {@code main}: the one thing to do here; {@code quiet}; {@code danger}; none: an ordinary button */
export function Button({kind, icon, href, busy, children, class: more, type = 'button', ...rest}) {
    const inner = html`${icon && html`<${Icon} name=${icon} />`}<span>${busy || children}</span>`;
    const name = words('button', kind, more);
    return href
        ? html`<a class=${name} href=${href} ...${rest}>${inner}</a>`
        : html`<button class=${name} type=${type} aria-disabled=${busy ? 'true' : undefined} ...${rest}>${inner}</button>`;
}

/** A page: its heading takes the focus when the reader comes from another page. */
export function Page({title, lead, back, backTitle, actions, children, class: more}) {
    const heading = hooks.useRef(null);
    hooks.useEffect(() => {
        document.title = title ? `${title} · ${t('app.name')}` : t('app.name');
    }, [title]);
    hooks.useEffect(() => {
        if (moved.value) {
            heading.current?.focus({preventScroll: true});
        }
    }, []);
    return html`<div class=${words('page', more)}>
        ${back && html`<a class="back" href=${back}><${Icon} name="arrow-left" /><span>${backTitle ?? t('page.back')}</span></a>`}
        <div class="page-head">
            <h1 tabindex="-1" ref=${heading}>${title}</h1>
            ${actions && html`<div class="actions">${actions}</div>`}
        </div>
        ${lead && html`<p class="lead">${lead}</p>`}
        ${children}
    </div>`;
}

/** Two panes on wide screens; on a phone the detail if there is one, else the list. */
export function Panes({list, detail, listTitle}) {
    return html`<div class=${words('panes', detail && 'has-detail')}>
        <section class="pane list-pane" aria-label=${listTitle}>${list}</section>
        ${detail && html`<div class="pane detail-pane">${detail}</div>`}
    </div>`;
}

/** What is mine to do. */
export function Card({title, icon, children, class: more, level = 2, ...rest}) {
    const id = hooks.useId();
    return html`<section class=${words('card', more)} aria-labelledby=${title ? id : undefined} ...${rest}>
        ${title && h(`h${level}`, {id, class: 'card-title'}, icon && html`<${Icon} name=${icon} />`, html`<span>${title}</span>`)}
        ${children}
    </section>`;
}

/** A part of a page with a heading. */
export function Section({title, children, actions, class: more, ...rest}) {
    const id = hooks.useId();
    return html`<section class=${words('section', more)} aria-labelledby=${id} ...${rest}>
        <div class="section-head"><h2 id=${id}>${title}</h2>${actions}</div>
        ${children}
    </section>`;
}

/** A state in a word. @param kind {@code good}, {@code late}, {@code bad}, {@code mark}; none: neutral */
export function Badge({kind, icon, children}) {
    return html`<span class=${words('badge', kind)}>${icon && html`<${Icon} name=${icon} />`}${children}</span>`;
}

/** News that stays until it is no longer true. @param kind {@code error}, {@code good}, {@code late}; none: neutral */
export function Notice({kind, title, children, actions, ...rest}) {
    const icon = {error: 'circle-alert', late: 'circle-alert', good: 'circle-check'}[kind] ?? 'info';
    return html`<div class=${words('notice', kind)} role=${kind === 'error' ? 'alert' : 'status'} tabindex="-1" ...${rest}>
        <${Icon} name=${icon} />
        <div class="notice-text">
            ${title && html`<strong>${title}</strong>`}
            ${children && html`<div>${children}</div>`}
            ${actions && html`<div class="actions">${actions}</div>`}
        </div>
    </div>`;
}

/** What went wrong, what was kept, what to do. Errors of fields that the form shows itself are left out. */
export function ProblemNotice({problem, shown = [], retry, children}) {
    if (!problem) {
        return null;
    }
    const others = problem.errors.filter(error => !shown.includes(error.field));
    return html`<${Notice} kind="error" title=${problem.title} actions=${retry && html`<${Button} icon="refresh-cw" onClick=${retry}>
        ${t('error.again')}<//>`}>
        ${problem.detail && problem.detail !== problem.title && html`<p>${problem.detail}</p>`}
        ${others.length > 0 && html`<ul>${others.map(error => html`<li>${error.message ?? error.field}</li>`)}</ul>`}
        ${children}
    <//>`;
}

/** That an item of a list, as {@code useRemote} gives it, has not arrived at the server yet, or was refused there. */
export function Unsent({of}) {
    const item = of?.waiting;
    if (!item) {
        return null;
    }
    return item.problem
        ? html`<p class="unsent"><${Badge} kind="bad" icon="circle-alert">${t('outbox.refused')}<//> ${item.problem.title} <a href="/waiting">${t('outbox.look')}</a></p>`
        : html`<p class="unsent"><${Badge} kind="late" icon="clock">${t('outbox.waits')}<//></p>`;
}

/** Waiting, in a sentence. It is not shown at once, so that quick replies do not flicker. */
export function Loading({children}) {
    return html`<p class="loading" role="status">${children ?? t('page.loading')}</p>`;
}

/** What will appear here and who brings it. */
export function Empty({title, children, actions}) {
    return html`<div class="empty"><p><strong>${title}</strong></p>${children && html`<p>${children}</p>`}${actions}</div>`;
}

/**
 * Shows what {@code useRemote} read by the function given; else a sentence while it is read, or what went wrong. That there is no
 * network is said once, above the page.
 */
export function Remote({of, loading, children}) {
    const show = [children].flat()[0];
    if (of.data === null) {
        return of.problem
            ? html`<${ProblemNotice} problem=${of.problem} retry=${of.problem.mayPass ? of.reload : undefined} />`
            : html`<${Loading}>${loading}<//>`;
    }
    return html`
        ${of.problem && !of.problem.isNetwork &&
        html`<${Notice} kind="late" title=${t('data.stale', {time: format.ago(of.at)})} actions=${html`<${Button} kind="quiet" icon="refresh-cw"
            onClick=${of.reload}>${t('error.again')}<//>`}>
            ${of.problem.title}
        <//>`}
        ${show(of.data)}`;
}

/** A form whose fields are given by {@code useForm}. @param shown fields whose errors stand beside them @param help what else can be done about a problem */
export function Form({form, onSubmit, children, class: more, shown, help, ...rest}) {
    return html`<form class=${words('form', more)} id=${form.id.replace(/[^\w-]+/g, '-')} ref=${form.ref} novalidate
        onSubmit=${event => {
            event.preventDefault();
            onSubmit();
        }} ...${rest}>
        ${form.restored && html`<${Notice} title=${t('draft.restored')} actions=${html`<${Button} kind="quiet" icon="undo-2"
            onClick=${() => form.discard()}>${t('draft.discard')}<//>`} />`}
        ${children}
        <${ProblemNotice} problem=${form.problem} shown=${shown}>${help}<//>
    </form>`;
}

/** A label, an input, a hint and what is wrong with it. @param as {@code input}, {@code textarea} or {@code select} */
export function Field({form, name, label, hint, as = 'input', optional, error, children, class: more, inputClass, ...rest}) {
    const id = idOf(form, name);
    const wrong = error ?? form?.error(name);
    const described = words(hint && `${id}-hint`, wrong && `${id}-error`) || undefined;
    const bound = form ? form.bind(name) : {name};
    return html`<div class=${words('field', more, wrong && 'wrong')}>
        <label for=${id}>${label}${optional && html` <span class="optional">${t('form.optional')}</span>`}</label>
        ${hint && html`<p class="hint" id=${`${id}-hint`}>${hint}</p>`}
        ${h(as, {...bound, ...rest, class: inputClass, id, 'aria-describedby': described, 'aria-invalid': wrong ? 'true' : undefined}, children)}
        ${wrong && html`<p class="field-error" id=${`${id}-error`}><${Icon} name="circle-alert" /><span>${wrong}</span></p>`}
    </div>`;
}

/** One of a few: large radio buttons. @param options {@code [[value, label]]} */
export function Choice({form, name, label, hint, options, error, hideLabel}) {
    const id = idOf(form, name);
    const wrong = error ?? form.error(name);
    return html`<fieldset class=${words('choice', wrong && 'wrong')} aria-describedby=${wrong ? `${id}-error` : undefined}>
        <legend class=${hideLabel ? 'only-read' : ''}>${label}</legend>
        ${hint && html`<p class="hint">${hint}</p>`}
        <div class="choices">
            ${options.map(([value, text]) => html`<label class="option">
                <input type="radio" id=${`${id}-${value}`} name=${`${form.id}-${name}`} value=${value} checked=${form.value(name) === value}
                    aria-invalid=${wrong ? 'true' : undefined} onChange=${() => form.set(name, value)} />
                <span>${text}</span>
            </label>`)}
        </div>
        ${wrong && html`<p class="field-error" id=${`${id}-error`}><${Icon} name="circle-alert" /><span>${wrong}</span></p>`}
    </fieldset>`;
}

/**
 * A button that lets choose files and sends them, telling in words how far it is.
 *
 * @param onSent called with {@code {file, name, type, size}} for each file that has arrived
 * @param most bytes that a file may have
 */
export function Upload({label, onSent, most = 20 * 1024 * 1024, id = 'upload', accept, transfer = upload, multiple = true}) {
    const [state, setState] = hooks.useState(null);
    const [problem, setProblem] = hooks.useState(null);
    const left = hooks.useRef([]);
    const input = hooks.useRef(null);
    const go = async files => {
        setProblem(null);
        left.current = files;
        while (left.current.length > 0) {
            const file = left.current[0];
            if (file.size > most) {
                setProblem(new Problem({status: 413, title: t('upload.too-large', {name: file.name, size: format.bytes(file.size)}),
                    detail: t('upload.most', {most: format.bytes(most)})}));
                left.current = left.current.slice(1);
                continue;
            }
            setState(t('upload.preparing', {name: file.name}));
            try {
                await onSent(await transfer(file, sent =>
                    setState(t('upload.sending', {name: file.name, sent: format.bytes(sent), size: format.bytes(file.size)}))));
                left.current = left.current.slice(1);
            } catch (failure) {
                setState(null);
                if (failure instanceof Problem) {
                    setProblem(failure);
                    return;
                }
                // the file was moved or changed after it was chosen
                setProblem(new Problem({status: 0, title: t('upload.unreadable', {name: file.name})}));
                return;
            }
        }
        setState(null);
    };
    return html`<div class="upload">
        <input class="only-read" type="file" id=${id} ref=${input} multiple=${multiple} accept=${accept}
            onChange=${event => {
                go([...event.target.files]);
                event.target.value = '';
            }} />
        <label class="button" for=${id}><${Icon} name="upload" /><span>${label}</span></label>
        ${state && html`<p class="loading" role="status">${state}</p>`}
        ${problem && html`<${ProblemNotice} problem=${problem}
            retry=${problem.isNetwork && left.current.length ? () => go(left.current) : undefined} />`}
    </div>`;
}

/** Names and values of a record. @param rows {@code [[name, value]]}; those without a value, or with {@code false}, are left out */
export function Facts({rows}) {
    return html`<dl class="facts">
        ${rows.filter(([, value]) => value !== null && value !== undefined && value !== false && value !== '').map(([name, value]) => html`<div><dt>${name}</dt><dd>
            ${value}</dd></div>`)}
    </dl>`;
}

/** A list whose rows lead somewhere. @param rows {@code {href, title, text, state, current}}; state: a Badge */
export function Links({rows, label}) {
    return html`<ul class="rows links" aria-label=${label}>
        ${rows.map(row => html`<li key=${row.key ?? row.href}>
            <a class="row" href=${row.href} aria-current=${row.current ? 'true' : undefined}>
                <span class="row-text"><span class="row-title">${row.title}</span>${row.text && html`<span class="row-more">
                    ${row.text}</span>`}${row.state && html`<span>${row.state}</span>`}</span>
                <${Icon} name="chevron-right" />
            </a>
        </li>`)}
    </ul>`;
}

export {idOf};
