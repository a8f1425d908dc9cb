/**
 * A form keeps what is written: on this device with each letter until the server has taken it. A lost network, a dead battery or an
 * ended session cost nothing.
 */
import {hooks, signals} from './base.js';
import {Problem} from './api.js';
import * as drafts from './drafts.js';
import {caller} from './session.js';

const keyOf = id => `${caller.value?.account}.${id}`;

/**
 * A form with an id that is the same each time the page is opened.
 *
 * @param initial values by name, taken when there is no draft
 * @param keep whether to keep a draft: not for passwords
 * @returns {value, set, bind, error, problem, sending, dirty, restored, discard, submit, id}
 */
export function useForm(id, initial, {keep = true} = {}) {
    const [state] = hooks.useState(() => {
        const draft = keep ? drafts.get(keyOf(id)) : null;
        return {
            values: signals.signal(draft ? {...initial, ...draft} : initial),
            restored: signals.signal(Boolean(draft)),
            dirty: signals.signal(Boolean(draft)),
            problem: signals.signal(null),
            sending: signals.signal(false),
        };
    });
    const form = hooks.useRef(null);

    /** What was wrong of a field is not said of what is written there now. */
    const forgetErrorOf = name => {
        const problem = state.problem.value;
        if (problem?.errors.some(error => error.field === name)) {
            const errors = problem.errors.filter(error => error.field !== name);
            state.problem.value = errors.length > 0 ? new Problem({...problem, errors}) : null;
        }
    };
    const set = (name, value) => {
        forgetErrorOf(name);
        state.values.value = {...state.values.value, [name]: value};
        state.dirty.value = true;
        if (keep) {
            drafts.set(keyOf(id), state.values.value);
        }
    };
    const forgetDraft = () => {
        drafts.remove(keyOf(id));
        state.restored.value = false;
        state.dirty.value = false;
    };
    const refuse = problem => {
        state.problem.value = problem;
        requestAnimationFrame(() => form.current?.querySelector('[aria-invalid="true"], [role="alert"]')?.focus());
    };
    const errorOf = name => state.problem.value?.errors.find(error => error.field === name)?.message;

    return {
        id,
        ref: form,
        values: state.values.value,
        value: name => state.values.value[name],
        set,
        bind: name => ({name, value: state.values.value[name] ?? '', onInput: event => set(name, event.target.value)}),
        error: errorOf,
        problem: state.problem.value,
        sending: state.sending.value,
        dirty: state.dirty.value,
        restored: state.restored.value,
        /** Throws away what was written and begins from these values. */
        discard: (values = initial) => {
            forgetDraft();
            state.values.value = values;
            state.problem.value = null;
        },
        /** Shows these errors, found before anything was sent; the first of them takes the focus. */
        refuse: problem => refuse(new Problem(problem)),
        /** Sends by the function given; true when the server took it. While it is under way, another press does nothing. */
        submit: async send => {
            if (state.sending.value) {
                return false;
            }
            state.sending.value = true;
            state.problem.value = null;
            try {
                await send(state.values.value);
                forgetDraft();
                return true;
            } catch (problem) {
                if (!(problem instanceof Problem)) {
                    throw problem;
                }
                refuse(problem);
                return false;
            } finally {
                state.sending.value = false;
            }
        },
    };
}
