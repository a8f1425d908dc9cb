/** A write that a button begins. */
import {hooks} from './base.js';
import {Problem} from './api.js';

/**
 * {@code {busy, problem, run}}: {@code run(work)} is true when the work was done and false when it was refused, or another press has not
 * ended yet; why it was refused is {@code problem}, until the next press.
 */
export function useAction() {
    const [busy, setBusy] = hooks.useState(false);
    const [problem, setProblem] = hooks.useState(null);
    const run = async work => {
        if (busy) {
            return false;
        }
        setBusy(true);
        setProblem(null);
        try {
            await work();
            return true;
        } catch (failure) {
            if (!(failure instanceof Problem)) {
                throw failure;
            }
            setProblem(failure);
            return false;
        } finally {
            setBusy(false);
        }
    };
    return {busy, problem, run};
}
