package vn.sotay.api.http;

/** Carries a {@link Problem} to the caller. It is an answer, not a failure: it is not logged and has no stack trace. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public ProblemException(Problem problem) {
        super(problem.status() + " " + problem.code(), null, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }

    /** The same with a value that the problem's texts name. */
    public ProblemException with(String name, Object value) {
        return new ProblemException(problem.with(name, value));
    }
}
